package io.gympulse.local.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.local.http.HttpLimits;
import io.gympulse.local.http.HttpServer;
import io.gympulse.local.provision.CommandErrors;
import io.gympulse.process.SiteCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FloorPlanEndpointTest {
  private static final String TOKEN = "a-token-of-this-test";
  private static final FloorPlan PLAN =
      new FloorPlan(
          new Gym(new GymId("g"), "Gym", 0, 0, ZoneId.of("UTC")),
          new GatewayId("g-gw"),
          List.of(
              new Machine(new MachineId("bike"), new CategoryId("c"), "Bike", 0, 0, List.of())));

  @TempDir private Path folder = Path.of("");
  private final InMemoryFloorPlans floorPlans = new InMemoryFloorPlans();
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server = start();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void serve() throws IOException {
    Files.writeString(folder.resolve("operator.token"), TOKEN + "\n");
    server.serve(
        FloorPlanEndpoint.PATH,
        new OperatorAuthentication(TOKEN).protect(new FloorPlanEndpoint(floorPlans)));
  }

  @AfterEach
  void stop() {
    server.close();
    client.shutdownNow();
  }

  @Test
  void a_plan_is_added_replaced_listed_and_removed() throws Exception {
    assertThat(ask("PUT", "/plans/g", FloorPlanFile.write(PLAN)).statusCode()).isEqualTo(201);
    HttpResponse<String> replaced = ask("PUT", "/plans/g", FloorPlanFile.write(PLAN));
    assertThat(replaced.statusCode()).isEqualTo(200);
    assertThat(replaced.body()).isEqualTo("{\"gym\":\"g\",\"machines\":1}\n");
    assertThat(floorPlans.plans).containsValue(PLAN);
    assertThat(ask("GET", "/plans", "").body())
        .isEqualTo(
            """
            [{"gym":"g","name":"Gym","gateway":"g-gw","machines":1,"file":"plans/g.json"}]
            """);
    assertThat(ask("DELETE", "/plans/g", "").statusCode()).isEqualTo(200);
    assertThat(floorPlans.plans).isEmpty();
  }

  @Test
  void an_error_is_named_and_changes_nothing() throws Exception {
    String json = FloorPlanFile.write(PLAN);
    refused(400, "field gym.zone", "PUT", "/plans/g", json.replace("UTC", "Nowhere"));
    refused(400, "is not JSON", "PUT", "/plans/g", "{");
    refused(400, "field gym.id: 'g' is not the gym of the address, 'h'", "PUT", "/plans/h", json);
    refused(400, "gym id", "PUT", "/plans/G%20", json);
    refused(400, "gym id", "DELETE", "/plans/", "");
    refused(404, "gym 'g' has no floor plan", "DELETE", "/plans/g", "");
    refused(405, "use GET", "DELETE", "/plans", "");
    refused(405, "use PUT or DELETE", "POST", "/plans/g", json);
    floorPlans.refusal = "machine 'bike' is another's";
    refused(409, "machine 'bike' is another's", "PUT", "/plans/g", json);
    refused(409, "machine 'bike' is another's", "DELETE", "/plans/g", "");
    assertThat(floorPlans.plans).isEmpty();
  }

  @Test
  void a_body_that_is_not_utf8_is_rejected() throws Exception {
    HttpRequest request =
        request("/plans/g").PUT(BodyPublishers.ofByteArray(new byte[] {'{', (byte) 0xff})).build();
    assertThat(client.send(request, BodyHandlers.ofString()).body()).contains("is not UTF-8");
  }

  @Test
  void a_full_disk_is_reported() throws Exception {
    floorPlans.broken = true;
    refused(500, "No space left", "PUT", "/plans/g", FloorPlanFile.write(PLAN));
  }

  @Test
  void plans_cannot_be_changed_without_the_token() throws Exception {
    floorPlans.plans.put(PLAN.gym().id(), PLAN);
    for (String method : List.of("GET", "PUT", "DELETE")) {
      HttpRequest request =
          HttpRequest.newBuilder(uri("/plans/g")).method(method, BodyPublishers.noBody()).build();
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    }
    assertThat(floorPlans.plans).hasSize(1);
  }

  @Test
  void the_command_puts_lists_and_removes() throws IOException {
    Path file = Files.writeString(folder.resolve("plan.json"), FloorPlanFile.write(PLAN));
    assertThat(command("put", file.toString())).isZero();
    assertThat(command("put", file.toString())).isZero();
    assertThat(command("list")).isZero();
    assertThat(command("remove", "g")).isZero();
    assertThat(out.toString())
        .isEqualTo(
            """
            added: gym=g gateway=g-gw machines=1
            replaced: gym=g gateway=g-gw machines=1
            gym=g gateway=g-gw machines=1 file=plans/g.json
            1 floor plans
            removed: gym=g
            """);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void the_command_prints_an_error_in_one_line() throws IOException {
    Path file = folder.resolve("plan.json");
    says("plan.json does not exist", "put", file.toString());
    Files.writeString(file, FloorPlanFile.write(PLAN).replace("UTC", "Nowhere"));
    says("plan.json: field gym.zone", "put", file.toString());
    says("the cloud refuses: gym 'h' has no floor plan", "remove", "h");
    says("gym id", "remove", "No Gym");
    says("--help", "remove");
    says("ubcommand");
    Files.writeString(file, FloorPlanFile.write(PLAN));
    floorPlans.refusal = "machine 'bike' is another's";
    says("error: the cloud refuses: machine 'bike' is another's", "put", file.toString());
    server.close();
    says("no cloud answers at http://127.0.0.1:", "list");
  }

  @Test
  void the_command_prints_all_mistakes_of_a_plan() throws IOException {
    Path file = folder.resolve("plan.json");
    Files.writeString(
        file, FloorPlanFile.write(PLAN).replace("UTC", "Nowhere").replace("gateway", "gatway"));
    assertThat(command("put", file.toString())).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("error: floor plan %s has 3 mistakes:\n".formatted(file))
        .contains("\n  field gym.zone: Unknown time-zone ID: Nowhere (line 7)\n")
        .hasLineCount(4);
    assertThat(check(file)).isEqualTo(1);
    assertThat(out.toString())
        .contains("%s:9:3: gatway: is unknown; use one of gym, gateway, machines\n".formatted(file))
        .hasLineCount(3);
  }

  @Test
  void the_command_checks_a_plan_without_a_cloud() throws IOException {
    server.close();
    Path file = folder.resolve("plan.json");
    Files.writeString(file, FloorPlanFile.write(PLAN));
    assertThat(check(file)).isZero();
    assertThat(out.toString()).isEqualTo("%s: ok, 1 machines, 0 sensors\n".formatted(file));
    assertThat(check(folder.resolve("none.json"))).isEqualTo(2);
    assertThat(err.toString()).contains("none.json does not exist").hasLineCount(1);
  }

  private int check(Path file) {
    CommandLine line = CommandErrors.commandLine(new Plan());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute("check", file.toString());
  }

  private void says(String words, String... arguments) {
    err.getBuffer().setLength(0);
    assertThat(command(arguments)).isEqualTo(2);
    assertThat(err.toString()).startsWith("error: ").contains(words).hasLineCount(1);
  }

  private int command(String... arguments) {
    CommandLine line = CommandErrors.commandLine(new Plan());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!all.isEmpty()) {
      all.add("--cloud=http://127.0.0.1:" + server.port());
      all.add("--token-file=" + folder.resolve("operator.token"));
    }
    return line.execute(all.toArray(String[]::new));
  }

  private void refused(int status, String words, String method, String path, String body)
      throws Exception {
    HttpResponse<String> answer = ask(method, path, body);
    assertThat(answer.statusCode()).as(words).isEqualTo(status);
    assertThat(answer.body()).startsWith("{\"error\":{\"code\":\"").contains(words).hasLineCount(1);
  }

  private HttpResponse<String> ask(String method, String path, String body) throws Exception {
    return client.send(
        request(path).method(method, BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + TOKEN);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static HttpServer start() {
    try {
      return HttpServer.start(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          new SiteCheck(Set.of()),
          HttpLimits.STANDARD);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static final class InMemoryFloorPlans implements FloorPlanService {
    private final Map<GymId, FloorPlan> plans = new TreeMap<>();
    private String refusal = "";
    private boolean broken;

    @Override
    public List<RegisteredPlan> list() {
      return plans.values().stream()
          .map(it -> new RegisteredPlan(it, Optional.of(Path.of("plans", it.gym().id() + ".json"))))
          .toList();
    }

    @Override
    public PutResult put(FloorPlan plan) throws IOException {
      if (broken) {
        throw new IOException("No space left on device");
      }
      if (!refusal.isEmpty()) {
        return new PutResult.Refused(refusal);
      }
      return plans.put(plan.gym().id(), plan) == null
          ? new PutResult.Added()
          : new PutResult.Replaced();
    }

    @Override
    public RemoveResult remove(GymId gym) {
      if (!refusal.isEmpty()) {
        return new RemoveResult.Refused(refusal);
      }
      return plans.remove(gym) == null ? new RemoveResult.Unknown() : new RemoveResult.Removed();
    }
  }
}
