package io.gympulse.local.provision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.local.things.Thing;
import io.gympulse.local.things.ThingName;
import io.gympulse.local.things.ThingRegistry;
import io.gympulse.local.things.ThingRegistry.Registration;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvisionTest {

  private static final String PLAN =
      """
      {"gym":{"id":"gym-1","name":"One","latitude":1.0,"longitude":2.0,"zone":"Europe/Zurich"},
       "gateway":"gw-1",
       "machines":[{"id":"m-1","category":"bike","name":"Bike 1","x":1.0,"y":1.0,
         "sensors":[{"id":"s-1","behaviour":"level","source":{"type":"mqtt","format":"json",
           "topic":"gym/m-1","property":"active","activeWhen":true}}]}]}
      """;

  @TempDir Path directory;

  @Test
  void a_gateway_gets_a_folder_that_it_can_start_from() throws Exception {
    Path plan = Files.writeString(directory.resolve("plan.json"), PLAN);

    assertThat(run("--gym=gym-1", "--gateway=gw-1", "--floor-plan=" + plan, "--lan=10.0.0.1:1884"))
        .isEqualTo("0 ");

    JsonNode json = new ObjectMapper().readTree(out("gateway.json").toFile());
    assertThat(json.path("uplink").toString())
        .isEqualTo(
            "{\"host\":\"127.0.0.1\",\"port\":8883,\"certificate\":\"certificate.pem\","
                + "\"privateKey\":\"private.key\",\"rootCa\":\"root-ca.pem\",\"topics\":\"plain\"}");
    assertThat(json.path("lan").toString()).isEqualTo("{\"host\":\"10.0.0.1\",\"port\":1884}");
    for (String file : List.of("certificate.pem", "root-ca.pem", "floor-plan.json")) {
      assertThat(out(file)).exists();
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out("private.key"))))
        .isEqualTo("rw-------");
    assertThat(directory.resolve("data/floor-plans/gym-1.json")).exists();
  }

  @Test
  void only_a_gateway_on_the_machine_of_its_cloud_trusts_the_clock() throws Exception {
    run("--gym=gym-1", "--gateway=gw-1");
    assertThat(new ObjectMapper().readTree(out("gateway.json").toFile()).path("clock").asText())
        .isEqualTo("trusted");

    run("--gym=gym-1", "--gateway=gw-1", "--host=cloud.example", "--replace");
    assertThat(new ObjectMapper().readTree(out("gateway.json").toFile()).path("clock").asText())
        .isEqualTo("kernel");
  }

  @Test
  void a_gateway_may_use_basic_ingest() throws Exception {
    assertThat(run("--gym=gym-1", "--gateway=gw-1", "--basic-ingest")).isEqualTo("0 ");

    JsonNode json = new ObjectMapper().readTree(out("gateway.json").toFile());
    assertThat(json.path("uplink").path("topics").asText()).isEqualTo("basic-ingest");
    assertThat(run("--observer=eye", "--basic-ingest")).contains("leave out --basic-ingest");
  }

  @Test
  void provisioning_again_replaces_the_certificate_only_with_the_option() throws Exception {
    run("--gym=gym-1", "--gateway=gw-1");
    Thing before = registered("gw-1");
    String key = Files.readString(out("private.key"));

    assertThat(run("--gym=gym-1", "--gateway=gw-1"))
        .startsWith("2 error: gateway gw-1 of gym gym-1 has a certificate")
        .contains("--replace");
    assertThat(registered("gw-1")).isEqualTo(before);
    assertThat(out("private.key")).hasContent(key);

    assertThat(run("--gym=gym-1", "--gateway=gw-1", "--replace")).isEqualTo("0 ");

    assertThat(registered("gw-1").certificate()).isNotEqualTo(before.certificate());
  }

  @Test
  void contradicting_options_are_rejected_by_name() throws Exception {
    Path plan = Files.writeString(directory.resolve("plan.json"), PLAN);
    run("--gym=gym-1", "--gateway=gw-1");

    assertThat(run("--gym=gym-1", "--gateway=GW")).startsWith("2 error: ").contains("GW");
    assertThat(run("--gym=gym-2", "--gateway=gw-1"))
        .startsWith("2 error: gw-1 is the name of gateway gw-1 of gym gym-1 already");
    assertThat(run("--gym=gym-1", "--gateway=gw-2", "--floor-plan=" + plan))
        .startsWith("2 error: ")
        .contains("plan.json");
    assertThat(run("--gym=gym-1", "--gateway=gw-1", "--lan=nowhere")).contains("HOST:PORT");
    assertThat(run("--gym=gym-1")).startsWith("2 error: ").contains("--gateway");
  }

  @Test
  void an_observer_gets_a_certificate_and_no_configuration() throws Exception {
    assertThat(run("--observer=eye")).isEqualTo("0 ");

    try (var files = Files.list(directory.resolve("out"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("certificate.pem", "private.key", "root-ca.pem");
    }
    assertThat(registered("eye")).isInstanceOf(Thing.Observer.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--gym=gym-1", "--gateway=gw-1", "--floor-plan=plan.json", "--lan=127.0.0.1:1883"})
  void an_observer_takes_no_option_of_a_gateway(String option) {
    assertThat(run("--observer=eye", option))
        .startsWith("2 error: --observer")
        .endsWith("leave out " + option.substring(0, option.indexOf('=')));
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void a_name_is_a_gateways_or_an_observers() throws Exception {
    run("--gym=gym-1", "--gateway=gw-1");

    assertThat(run("--observer=gw-1")).startsWith("2 error: gw-1 is the name of gateway gw-1");
    assertThat(run("--observer=eye")).startsWith("2 error: --out ");
    Files.delete(out("gateway.json"));
    assertThat(run("--observer=eye")).isEqualTo("0 ");
    assertThat(run("--gym=gym-1", "--gateway=eye"))
        .startsWith("2 error: eye is the name of observer eye");
    assertThat(run("--observer=../eye")).startsWith("2 error: thing name '../eye'");
  }

  @Test
  void an_api_process_gets_a_certificate_and_no_configuration() throws Exception {
    assertThat(run("--api=api-1")).isEqualTo("0 ");

    try (var files = Files.list(directory.resolve("out"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("certificate.pem", "private.key", "root-ca.pem");
    }
    assertThat(registered("api-1")).isInstanceOf(Thing.Api.class);
    assertThat(run("--api=api-1")).contains("API process api-1 has a certificate", "--replace");
    assertThat(run("--api=api-2", "--gym=gym-1")).endsWith("leave out --gym");
    assertThat(run("--api=api-2", "--observer=eye")).endsWith("leave out --api");
    assertThat(run("--observer=api-1")).contains("api-1 is the name of API process api-1");
    assertThat(revoke("--observer=api-1")).contains("this is API process api-1");
    assertThat(revoke("--api=api-1")).isEqualTo("0 ");
  }

  @Test
  void a_machine_gets_a_certificate_of_its_own() throws Exception {
    assertThat(run("--gym=gym-1", "--machine=m-1", "--lan=127.0.0.1:1"))
        .contains("leave out --lan");
    assertThat(run("--gym=gym-1", "--machine=m-1", "--gateway=gw-1")).startsWith("2 error: --gym");

    assertThat(run("--gym=gym-1", "--machine=m-1")).isEqualTo("0 ");

    assertThat(registered("m-1")).isInstanceOf(Thing.Machine.class);
    assertThat(registered("m-1").attributes()).containsEntry("gym", "gym-1");
    assertThat(out("gateway.json")).doesNotExist();
    assertThat(run("--gym=gym-1", "--machine=m-1")).contains("machine m-1", "--replace");
    assertThat(run("--gym=gym-1", "--gateway=m-1")).contains("m-1 is the name of machine m-1");
  }

  @Test
  void a_revoked_thing_stays_registered_and_gets_a_new_certificate_without_replace()
      throws Exception {
    run("--gym=gym-1", "--gateway=gw-1");
    ThingRegistry things = new ThingRegistry(directory.resolve("data/things"));

    assertThat(revoke("--observer=gw-1")).startsWith("2 error: --observer gw-1: this is gateway");
    assertThat(revoke("--gateway=gw-2")).startsWith("2 error: --gateway gw-2 is not registered");
    assertThat(revoke("--gateway=gw-1")).isEqualTo("0 ");
    assertThat(validThing(things, "gw-1")).isEmpty();
    assertThat(things.all()).hasSize(1);

    assertThat(run("--gym=gym-1", "--gateway=gw-1")).isEqualTo("0 ");
    assertThat(validThing(things, "gw-1")).isPresent();
  }

  private String revoke(String thing) {
    StringWriter errors = new StringWriter();
    int exit =
        CommandErrors.commandLine(new Revoke())
            .setErr(new PrintWriter(errors, true))
            .execute("--data=" + directory.resolve("data"), thing);
    return exit + " " + errors.toString().strip();
  }

  private Thing registered(String name) throws Exception {
    return validThing(new ThingRegistry(directory.resolve("data/things")), name).orElseThrow();
  }

  private static Optional<Thing> validThing(ThingRegistry things, String name) throws Exception {
    return things
        .registration(new ThingName(name))
        .filter(it -> it.revokedAt().isEmpty())
        .map(Registration::thing);
  }

  private Path out(String file) {
    return directory.resolve("out").resolve(file);
  }

  private String run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--data=" + directory.resolve("data"));
    all.add("--out=" + directory.resolve("out"));
    StringWriter errors = new StringWriter();
    int exit =
        CommandErrors.commandLine(new Provision())
            .setErr(new PrintWriter(errors, true))
            .execute(all.toArray(String[]::new));
    return exit + " " + errors.toString().strip();
  }
}
