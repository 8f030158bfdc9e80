package io.gympulse.edge.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.codec.GatewayHealthCodec;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.message.GatewayHealth;
import io.gympulse.contract.message.GatewayHealth.Delivery;
import io.gympulse.contract.message.GatewayHealth.Device;
import io.gympulse.contract.message.GatewayHealth.SensorHealth;
import io.gympulse.contract.message.GatewayHealth.Sensors;
import io.gympulse.contract.message.GatewayHealth.Software;
import io.gympulse.contract.message.GatewayHealth.Storage;
import io.gympulse.edge.uplink.InMemoryUplink;
import io.gympulse.edge.uplink.InMemoryUplink.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthReporterTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final GatewayAddress ADDRESS =
      new GatewayAddress(new GymId("g"), new GatewayId("gw"));

  private final InMemoryUplink uplink = new InMemoryUplink();
  private Instant now = NOON;
  private String verdict = "free";
  private boolean synchronised = true;
  private long depth;
  private final HealthReporter reporter =
      new HealthReporter(ADDRESS.gateway(), this::health, uplink, () -> now);

  @BeforeEach
  void connect() {
    uplink.connect();
  }

  @Test
  void health_is_written_to_the_gateways_own_shadow() {
    reporter.check();
    assertThat(uplink.published())
        .containsExactly(
            new Published(
                "$aws/things/gw/shadow/name/health/update",
                new String(GatewayHealthCodec.shadowUpdate(health()), UTF_8)));
  }

  @Test
  void without_a_change_of_substance_it_is_written_every_quarter_of_an_hour() {
    reporter.check();
    for (int i = 0; i < 89; i++) {
      depth++;
      verdict = i % 2 == 0 ? "occupied" : "free";
      pass(HealthReporter.CHECK_INTERVAL);
    }
    assertThat(uplink.published()).hasSize(1);
    pass(HealthReporter.CHECK_INTERVAL);
    assertThat(uplink.published()).hasSize(2);
  }

  @Test
  void a_change_of_substance_is_written_at_the_next_check() {
    reporter.check();
    pass(HealthReporter.LEAST_INTERVAL);
    verdict = "stuck";
    pass(HealthReporter.CHECK_INTERVAL);
    assertThat(uplink.published()).hasSize(2);
    pass(HealthReporter.LEAST_INTERVAL);
    synchronised = false;
    pass(HealthReporter.CHECK_INTERVAL);
    assertThat(uplink.published()).hasSize(3);
  }

  @Test
  void a_flapping_sensor_causes_at_most_one_write_a_minute() {
    for (int i = 0; i < 360; i++) {
      verdict = i % 2 == 0 ? "chattering" : "free";
      pass(HealthReporter.CHECK_INTERVAL);
    }
    assertThat(uplink.published()).hasSizeBetween(1, 60);
  }

  @Test
  void what_could_not_be_sent_is_sent_a_minute_later() {
    uplink.disconnect();
    reporter.check();
    uplink.connect();
    pass(HealthReporter.CHECK_INTERVAL);
    assertThat(uplink.published()).isEmpty();
    pass(HealthReporter.LEAST_INTERVAL);
    assertThat(uplink.published()).hasSize(1);
  }

  private void pass(Duration time) {
    now = now.plus(time);
    reporter.check();
  }

  private GatewayHealth health() {
    return new GatewayHealth(
        ADDRESS,
        now,
        new Delivery(depth, 0, Optional.empty(), Optional.empty(), 1),
        new Device(
            synchronised, Optional.of(40.0), Optional.empty(), Optional.empty(), Optional.empty()),
        new Storage(
            Optional.of(10L),
            Optional.of(20L),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new Software("1", "25", "Linux", 1, 0),
        new Sensors(
            Map.of(verdict, 1),
            List.of(
                new SensorHealth(
                    new SensorId("s"),
                    new MachineId("m"),
                    verdict,
                    NOON,
                    "",
                    new SensorHealth.Counts(depth, 0, 0),
                    Optional.empty())),
            0));
  }
}
