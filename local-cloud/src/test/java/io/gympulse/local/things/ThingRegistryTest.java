package io.gympulse.local.things;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.local.things.ThingRegistry.Registration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThingRegistryTest {

  private static final ThingName NAME = new ThingName("gw-1");
  private static final String CERTIFICATE = "ab".repeat(32);
  private static final Thing THING =
      new Thing.Gateway(new GatewayAddress(new GymId("gym-1"), new GatewayId("gw-1")), CERTIFICATE);

  @TempDir Path directory;

  @Test
  void a_thing_registered_by_another_process_is_valid_at_once() throws IOException {
    ThingRegistry reader = new ThingRegistry(directory);
    assertThat(valid(reader, NAME)).isEmpty();

    new ThingRegistry(directory).put(THING);

    assertThat(valid(reader, NAME)).contains(THING);
  }

  @Test
  void an_observer_stays_an_observer() throws IOException {
    Thing observer = new Thing.Observer(new ThingName("eye"), CERTIFICATE);
    ThingRegistry registry = new ThingRegistry(directory);

    registry.put(observer);

    assertThat(valid(registry, observer.name())).contains(observer);
  }

  @Test
  void an_api_process_stays_an_api_process() throws IOException {
    Thing api = new Thing.Api(new ThingName("api-1"), CERTIFICATE);
    ThingRegistry registry = new ThingRegistry(directory);

    registry.put(api);

    assertThat(valid(registry, api.name())).contains(api);
  }

  @Test
  void a_machine_stays_a_machine() throws IOException {
    Thing machine = new Thing.Machine(new GymId("gym-1"), new MachineId("m-1"), CERTIFICATE);
    ThingRegistry registry = new ThingRegistry(directory);

    registry.put(machine);

    assertThat(valid(registry, machine.name())).contains(machine);
  }

  @Test
  void a_revoked_thing_stays_registered_and_is_not_valid() throws IOException {
    ThingRegistry registry = new ThingRegistry(directory);
    registry.put(THING);
    Instant now = Instant.parse("2026-03-01T10:00:00Z");

    assertThat(registry.revoke(NAME, now)).contains(new Registration(THING, Optional.empty()));

    assertThat(valid(registry, NAME)).isEmpty();
    assertThat(registry.all()).containsExactly(new Registration(THING, Optional.of(now)));
    assertThat(registry.revoke(new ThingName("gw-2"), now)).isEmpty();
    assertThat(Registration.refusal(registry.registration(NAME), CERTIFICATE))
        .contains("its certificate was revoked at " + now);
    registry.put(THING);
    assertThat(valid(registry, NAME)).contains(THING);
  }

  @Test
  void a_file_without_a_policy_is_a_gateway() throws IOException {
    write("{\"thingName\":\"gw-1\",\"attributes\":{\"gym\":\"gym-1\"},\"certificate\":\"%s\"}");

    assertThat(valid(new ThingRegistry(directory), NAME)).contains(THING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"admin\"", "\"\"", "7", "null", "{}", "[]"})
  void an_unknown_policy_is_rejected(String policy) throws IOException {
    write("{\"policy\":" + policy + ",\"attributes\":{\"gym\":\"g\"},\"certificate\":\"%s\"}");

    assertThatThrownBy(() -> valid(new ThingRegistry(directory), NAME))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("gw-1.json: policy: gateway, machine, observer or api is needed");
  }

  private void write(String json) throws IOException {
    Files.writeString(directory.resolve("gw-1.json"), json.formatted(CERTIFICATE));
  }

  @Test
  void a_file_that_is_no_thing_is_named_with_the_remedy() throws IOException {
    Files.writeString(directory.resolve("gw-1.json"), "{\"certificate\":\"x\"}");

    assertThatThrownBy(() -> valid(new ThingRegistry(directory), NAME))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("gw-1.json")
        .hasMessageContaining("provision the thing again");
  }

  private static Optional<Thing> valid(ThingRegistry things, ThingName name) throws IOException {
    return things
        .registration(name)
        .filter(it -> it.revokedAt().isEmpty())
        .map(Registration::thing);
  }
}
