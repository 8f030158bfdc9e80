package io.gympulse.cloud.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.state.memory.InMemoryCloudStore;
import io.gympulse.cloud.state.presence.GatewayPresence;
import io.gympulse.cloud.state.presence.Heard;
import io.gympulse.cloud.state.presence.Presences;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PresenceSweepTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Duration OFFLINE_AFTER = Duration.ofMinutes(5);
  private static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("riverside"), new GatewayId("gw-1"));

  private final Presences presences = new InMemoryCloudStore().presences();
  private final Hearing hearing = new Hearing(presences, OFFLINE_AFTER);
  private final PresenceSweep sweep = new PresenceSweep(presences, OFFLINE_AFTER);

  @Test
  void a_silent_gateway_goes_offline_when_its_time_is_up_and_not_before() {
    hearing.hear(List.of(heard(NOON)));

    sweep.sweep(NOON.plusSeconds(299));
    assertThat(only().online()).isTrue();
    sweep.sweep(NOON.plusSeconds(300));

    assertThat(only().online()).isFalse();
    assertThat(only().since()).isEqualTo(NOON.plusSeconds(300));
  }

  @Test
  void another_sweep_changes_nothing() {
    hearing.hear(List.of(heard(NOON)));
    sweep.sweep(NOON.plusSeconds(400));
    GatewayPresence before = only();

    sweep.sweep(NOON.plusSeconds(500));

    assertThat(only()).isEqualTo(before);
  }

  @Test
  void a_gateway_that_speaks_again_is_online_again() {
    hearing.hear(List.of(heard(NOON)));
    sweep.sweep(NOON.plusSeconds(400));

    hearing.hear(List.of(heard(NOON.plusSeconds(410)), heard(NOON)));

    assertThat(only().online()).isTrue();
    assertThat(only().since()).isEqualTo(NOON.plusSeconds(410));
  }

  @Test
  void who_is_overtaken_while_hearing_reads_again() {
    Overtaken overtaken = new Overtaken(presences, heard(NOON.plusSeconds(5)));

    new Hearing(overtaken, OFFLINE_AFTER).hear(List.of(heard(NOON)));

    assertThat(only().lastHeardAt()).isEqualTo(NOON.plusSeconds(5));
  }

  @Test
  void a_sweep_that_is_overtaken_leaves_the_gateway_online() {
    hearing.hear(List.of(heard(NOON)));
    Instant later = NOON.plusSeconds(600);

    new PresenceSweep(new Overtaken(presences, heard(later)), OFFLINE_AFTER).sweep(later);

    assertThat(only().online()).isTrue();
  }

  private GatewayPresence only() {
    assertThat(presences.all()).hasSize(1);
    return presences.all().getFirst();
  }

  private static Heard heard(Instant at) {
    return new Heard(GATEWAY, at, at, Optional.empty(), OptionalLong.empty());
  }

  /// Presences in which somebody else is faster, once.
  private static final class Overtaken implements Presences {
    private final Presences presences;
    private final Heard first;
    private boolean done;

    Overtaken(Presences presences, Heard first) {
      this.presences = presences;
      this.first = first;
    }

    @Override
    public Optional<GatewayPresence> find(GatewayId gateway) {
      return presences.find(gateway);
    }

    @Override
    public List<GatewayPresence> all() {
      return presences.all();
    }

    @Override
    public boolean replace(Optional<GatewayPresence> expected, GatewayPresence next) {
      if (!done) {
        done = true;
        new Hearing(presences, OFFLINE_AFTER).hear(List.of(first));
      }
      return presences.replace(expected, next);
    }
  }
}
