package io.gympulse.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.edge.configuration.ConfigurationException;
import io.gympulse.edge.configuration.GatewayConfiguration;
import io.gympulse.edge.configuration.GatewayConfiguration.ClockTrust;
import io.gympulse.edge.configuration.GatewayConfiguration.Timing;
import io.gympulse.edge.outbox.SqliteOutbox;
import io.gympulse.edge.uplink.UplinkSettings;
import io.gympulse.edge.uplink.UplinkSettings.TopicMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCheckTest {
  private static final InstantSource TIME = InstantSource.fixed(Instant.EPOCH);

  @TempDir private Path folder;

  @Test
  void an_outbox_in_use_is_not_touched() throws Exception {
    Path data = folder.resolve("data");
    try (SqliteOutbox used = SqliteOutbox.open(data, TIME)) {
      StartCheck.run(configuration(data), TIME);
      assertThat(used.counts().recorded()).isZero();
    }
  }

  @Test
  void a_folder_that_cannot_be_written_is_refused_by_its_key() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> StartCheck.run(configuration(file), TIME))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("key 'dataDir': " + file);
  }

  private static GatewayConfiguration configuration(Path dataDir) {
    Path none = Path.of("none");
    return new GatewayConfiguration(
        new GatewayAddress(new GymId("g"), new GatewayId("g-gw")),
        List.of(),
        Optional.empty(),
        dataDir,
        Optional.empty(),
        new UplinkSettings.Direct("127.0.0.1", 8883, none, none, none, TopicMode.PLAIN),
        new Timing(
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            Duration.ofHours(3),
            ClockTrust.TRUSTED));
  }
}
