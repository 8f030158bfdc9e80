package io.gympulse.cloud.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.gateway.GatewayHealths.ReceivedHealth;
import io.gympulse.cloud.core.gateway.SampleHealth;
import io.gympulse.contract.codec.GatewayHealthCodec;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.message.GatewayHealth;
import io.gympulse.contract.message.GatewayHealth.SensorHealth;
import io.gympulse.contract.message.GatewayHealth.Sensors;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The contract of every adapter of gateways' health.
public abstract class GatewayHealthsContract extends StoreContract {
  @Test
  void the_latest_health_is_kept_per_gateway() {
    GatewayAddress second = new GatewayAddress(GATEWAY.gym(), new GatewayId("second"));
    ReceivedHealth one = received(health(GATEWAY, NOON, true), NOON.plusSeconds(1));
    ReceivedHealth other = received(health(second, NOON, true), NOON.plusSeconds(1));
    assertThat(store.healths().find(GATEWAY.gateway())).isEmpty();
    assertThat(store.healths().offer(one)).isTrue();
    assertThat(store.healths().offer(other)).isTrue();
    assertThat(store.healths().find(GATEWAY.gateway())).contains(one);
    assertThat(store.healths().find(second.gateway())).contains(other);
    assertThat(store.queries().gateways().health(second.gateway())).contains(other);
    assertThat(store.queries().gateways().health(new GatewayId("nobody"))).isEmpty();
  }

  @Test
  void a_health_that_was_sent_earlier_does_not_replace_a_later_one() {
    ReceivedHealth late =
        received(health(GATEWAY, NOON.plusSeconds(60), true), NOON.plusSeconds(61));
    ReceivedHealth delayed = received(health(GATEWAY, NOON, true), NOON.plusSeconds(90));
    assertThat(store.healths().offer(late)).isTrue();
    assertThat(store.healths().offer(delayed)).isFalse();
    assertThat(store.healths().find(GATEWAY.gateway())).contains(late);
  }

  @Test
  void a_repeat_is_stored_again_without_harm() {
    ReceivedHealth one = received(health(GATEWAY, NOON, true), NOON.plusSeconds(1));
    ReceivedHealth again = received(one.health(), NOON.plusSeconds(5));
    assertThat(store.healths().offer(one)).isTrue();
    assertThat(store.healths().offer(again)).isTrue();
    assertThat(store.healths().find(GATEWAY.gateway())).contains(again);
  }

  /// A gateway without a battery-backed clock starts with a time that is years old.
  @Test
  void health_from_a_clock_that_is_not_synchronised_is_ordered_by_its_arrival() {
    ReceivedHealth before = received(health(GATEWAY, NOON, true), NOON.plusSeconds(1));
    ReceivedHealth restarted =
        received(health(GATEWAY, Instant.EPOCH.plusSeconds(95), false), NOON.plusSeconds(600));
    assertThat(store.healths().offer(before)).isTrue();
    assertThat(store.healths().offer(restarted)).isTrue();
    assertThat(store.healths().find(GATEWAY.gateway())).contains(restarted);
    assertThat(restarted.reportedAt()).isEqualTo(NOON.plusSeconds(600));
  }

  @Test
  void health_of_the_largest_size_is_read_as_it_was_stored() {
    Sensors many =
        new Sensors(
            Map.of("dead", 200),
            IntStream.range(0, 200).mapToObj(GatewayHealthsContract::sensor).toList(),
            0);
    GatewayHealth all = SampleHealth.with(health(GATEWAY, NOON, true), many);
    byte[] largest = GatewayHealthCodec.encode(all);
    assertThat(largest).hasSizeBetween(7_400, GatewayHealthCodec.MAX_BYTES);
    assertThat(store.healths().offer(received(all, NOON))).isTrue();
    GatewayHealth kept = store.healths().find(GATEWAY.gateway()).orElseThrow().health();
    assertThat(GatewayHealthCodec.encode(kept)).isEqualTo(largest);
  }

  private static ReceivedHealth received(GatewayHealth health, Instant at) {
    return new ReceivedHealth(health, at);
  }

  private static SensorHealth sensor(int number) {
    return new SensorHealth(
        new SensorId("sensor-" + number),
        new MachineId("machine-" + number),
        "dead",
        NOON,
        "kein Lebenszeichen seit längerem",
        new SensorHealth.Counts(number, 2, 3),
        Optional.of(NOON));
  }

  private static GatewayHealth health(GatewayAddress from, Instant sentAt, boolean synchronised) {
    return SampleHealth.with(SampleHealth.of(from, sentAt), SampleHealth.device(synchronised));
  }
}
