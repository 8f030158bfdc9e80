package io.gympulse.cloud.core.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.current.CurrentState.PreviousStatus;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedCodecTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void updates_read_back_as_they_were_written() {
    FeedUpdate machine =
        new FeedUpdate.MachineChanged(
            7,
            new CurrentState(
                new MachineId("m"),
                new GymId("g"),
                new CategoryId("c"),
                MachineStatus.UNKNOWN,
                Optional.of(UnknownReason.SENSOR_DEAD),
                NOON,
                NOON.plusSeconds(1),
                3,
                Optional.of(
                    new PreviousStatus(MachineStatus.OCCUPIED, NOON.minusMillis(1), NOON, 2)),
                true));
    FeedUpdate presence =
        new FeedUpdate.PresenceChanged(
            8,
            new GatewayPresence(
                new GatewayAddress(new GymId("g"), new GatewayId("w")), true, NOON, NOON, 5));
    assertThat(FeedCodec.decode(FeedCodec.encode(machine))).isEqualTo(machine);
    assertThat(FeedCodec.decode(FeedCodec.encode(presence))).isEqualTo(presence);
    assertThat(FeedCodec.encode(machine)).doesNotContain("\n");
  }

  @Test
  void a_line_of_an_earlier_version_is_read_as_not_present() {
    FeedUpdate update =
        FeedCodec.decode(
            """
            {"position":1,"machine":"m","gym":"g","category":"c","status":"free","since":1,"asOf":2,\
            "seq":3}""");
    assertThat(update)
        .isInstanceOfSatisfying(
            FeedUpdate.MachineChanged.class,
            it -> {
              assertThat(it.state().before()).isEmpty();
              assertThat(it.state().present()).isFalse();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "{\"position\":1}", "{\"position\":1,\"machine\":\"M\"}"})
  void a_line_that_is_no_update_is_refused(String line) {
    assertThatThrownBy(() -> FeedCodec.decode(line)).isInstanceOf(IllegalArgumentException.class);
  }
}
