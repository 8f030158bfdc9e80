package io.gympulse.system.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.api.identity.Role;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.contract.id.GymId;
import io.gympulse.local.identity.DevelopmentKeyFile;
import io.gympulse.process.ProcessClock;
import io.gympulse.system.environment.EnvironmentConfig;
import io.gympulse.system.environment.GymProcesses;
import io.gympulse.system.environment.TestEnvironment;
import io.gympulse.system.link.NetworkLink;
import io.gympulse.system.process.Launcher;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway's health by real processes: through its shadow, the topic rule and ingest to the API.
class GatewayHealthIT {
  private static final String PATH = "/gateways/downtown-gw/health";
  private static final double RATE = 30;

  @Test
  void operators_read_the_health_that_a_gateway_reports_and_see_that_it_was_reconnected(
      @TempDir Path folder) throws Exception {
    try (TestEnvironment environment = TestEnvironment.start(config(folder), _ -> {})) {
      JsonNode first = awaitHealth(environment, 1);
      assertThat(first.path("gymId").asText()).isEqualTo("downtown");
      assertThat(first.path("ageSeconds").asLong()).isBetween(0L, 16 * 60L);
      assertThat(first.path("clockSynchronised").asBoolean()).isTrue();
      assertThat(first.path("boots").asLong()).isEqualTo(1);
      assertThat(first.path("diskFreeBytes").asLong()).isPositive();
      assertThat(first.path("residentBytes").asLong()).isPositive();
      GymProcesses gym = environment.gyms().getFirst();
      long sensors = gym.floorPlan().machines().stream().mapToLong(it -> it.sensors().size()).sum();
      assertThat(first.path("sensorVerdicts").valueStream().mapToLong(JsonNode::asLong).sum())
          .isEqualTo(sensors);
      assertThat(first.path("sensors").size() + first.path("sensorsOmitted").asInt())
          .isEqualTo((int) sensors);

      gym.setLink(new NetworkLink.State.Reset());
      gym.setLink(new NetworkLink.State.Up());
      JsonNode second = awaitHealth(environment, 2);
      assertThat(Instant.parse(second.path("reportedAt").asText()))
          .isAfter(Instant.parse(first.path("reportedAt").asText()));
      assertThat(second.path("lastAcknowledgedAt").isNull()).isFalse();
    }
  }

  /// The health, once it reports so many connections.
  private static JsonNode awaitHealth(TestEnvironment environment, long connections) {
    return await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> health(environment), it -> it.path("connections").asLong() >= connections);
  }

  private static JsonNode health(TestEnvironment environment) throws IOException {
    URLConnection request = environment.apiUri().resolve(PATH).toURL().openConnection();
    request.setRequestProperty("Authorization", "Bearer " + operatorsToken(environment));
    try (InputStream body = request.getInputStream()) {
      return new ObjectMapper().readTree(body);
    }
  }

  private static String operatorsToken(TestEnvironment environment) throws IOException {
    return DevelopmentKeyFile.read(environment.database().resolveSibling("development-key.json"))
        .sign(
            new UserId("operator"),
            List.of(new Role.Operator(new GymId("downtown"))),
            InstantSource.system().instant(),
            Duration.ofHours(1));
  }

  private static EnvironmentConfig config(Path folder) {
    Launcher launcher = Launcher.current();
    Instant now = InstantSource.system().instant();
    return new EnvironmentConfig(
        launcher,
        folder,
        List.of(launcher.home().resolve("floor-plans/downtown.json")),
        0,
        Optional.of(ProcessClock.argument(now, now, RATE)),
        EnvironmentConfig.Timing.PRODUCTION.withImmediateAcks(),
        new EnvironmentConfig.SensorInput.Simulated(7, List.of("--at-hour", "18")),
        false,
        Optional.empty());
  }
}
