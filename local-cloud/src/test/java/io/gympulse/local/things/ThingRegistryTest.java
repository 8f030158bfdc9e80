package io.gympulse.local.things;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThingRegistryTest {

  private static final GatewayId NAME = new GatewayId("gw-1");
  private static final Thing THING = new Thing(NAME, new GymId("gym-1"), "ab".repeat(32));

  @TempDir Path directory;

  @Test
  void a_thing_registered_by_another_process_is_found_at_once() throws IOException {
    ThingRegistry reader = new ThingRegistry(directory);
    assertThat(reader.find(NAME)).isEmpty();

    new ThingRegistry(directory).put(THING);

    assertThat(reader.find(NAME)).contains(THING);
  }

  @Test
  void a_file_that_is_no_thing_is_named_with_the_remedy() throws IOException {
    Files.writeString(directory.resolve("gw-1.json"), "{\"certificate\":\"x\"}");

    assertThatThrownBy(() -> new ThingRegistry(directory).find(NAME))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("gw-1.json")
        .hasMessageContaining("provision the gateway again");
  }
}
