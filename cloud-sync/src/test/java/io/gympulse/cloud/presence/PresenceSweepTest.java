package io.gympulse.cloud.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.cloud.core.gateway.Gateway.GatewayUpdate;
import io.gympulse.cloud.core.gateway.Gateway.LastContact;
import io.gympulse.cloud.core.gateway.Gateways;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
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

  private final Gateways gateways = new InMemoryCloudStore().gateways();
  private final PresenceSweep sweep = new PresenceSweep(gateways, OFFLINE_AFTER);

  @Test
  void a_silent_gateway_goes_offline_after_its_timeout_and_not_before() {
    apply(gateways, heard(NOON));

    sweep.sweep(NOON.plusSeconds(299));
    assertThat(only().online()).isTrue();
    sweep.sweep(NOON.plusSeconds(300));

    assertThat(only().online()).isFalse();
    assertThat(only().since()).isEqualTo(NOON.plusSeconds(300));
  }

  @Test
  void another_sweep_changes_nothing() {
    apply(gateways, heard(NOON));
    sweep.sweep(NOON.plusSeconds(400));
    GatewayPresence before = only();

    sweep.sweep(NOON.plusSeconds(500));

    assertThat(only()).isEqualTo(before);
  }

  @Test
  void a_gateway_that_sends_again_is_online_again() {
    apply(gateways, heard(NOON));
    sweep.sweep(NOON.plusSeconds(400));

    apply(gateways, heard(NOON.plusSeconds(410)).and(heard(NOON)));

    assertThat(only().online()).isTrue();
    assertThat(only().since()).isEqualTo(NOON.plusSeconds(410));
  }

  @Test
  void an_update_that_loses_a_race_is_repeated() {
    Overtaken overtaken = new Overtaken(gateways, heard(NOON.plusSeconds(50)));

    apply(overtaken, heard(NOON));

    assertThat(only().lastHeardAt()).isEqualTo(NOON.plusSeconds(50));
  }

  @Test
  void a_sweep_that_is_overtaken_leaves_the_gateway_online() {
    apply(gateways, heard(NOON));
    Instant later = NOON.plusSeconds(600);

    new PresenceSweep(new Overtaken(gateways, heard(later)), OFFLINE_AFTER).sweep(later);

    assertThat(only().online()).isTrue();
  }

  private GatewayPresence only() {
    assertThat(gateways.all()).hasSize(1);
    return gateways.all().getFirst().presence().orElseThrow();
  }

  private static void apply(Gateways gateways, GatewayUpdate update) {
    Gateways.apply(gateways, List.of(update), OFFLINE_AFTER);
  }

  private static GatewayUpdate heard(Instant at) {
    return GatewayUpdate.of(new LastContact(GATEWAY, at, at, OptionalLong.empty()));
  }

  /// Presences in which somebody else is faster, once.
  private static final class Overtaken implements Gateways {
    private final Gateways gateways;
    private final GatewayUpdate first;
    private boolean done;

    Overtaken(Gateways gateways, GatewayUpdate first) {
      this.gateways = gateways;
      this.first = first;
    }

    @Override
    public Optional<Gateway> find(GatewayId gateway) {
      return gateways.find(gateway);
    }

    @Override
    public List<Gateway> all() {
      return gateways.all();
    }

    @Override
    public boolean replace(Optional<Gateway> expected, Gateway next) {
      if (!done) {
        done = true;
        apply(gateways, first);
      }
      return gateways.replace(expected, next);
    }
  }
}
