package io.gympulse.cloud.core.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GatewayPresenceTest {
  private static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("g"), new GatewayId("g-gw"));
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void a_gateway_that_speaks_is_online_since_it_first_spoke() {
    GatewayPresence first = heard(Optional.empty(), NOON, NOON);
    GatewayPresence then = heard(Optional.of(first), NOON.plusSeconds(60), NOON.plusSeconds(61));
    assertThat(then.online()).isTrue();
    assertThat(then.since()).isEqualTo(NOON);
    assertThat(then.lastHeardAt()).isEqualTo(NOON.plusSeconds(60));
  }

  @Test
  void silence_for_the_limit_is_offline_and_not_a_moment_earlier() {
    GatewayPresence online = heard(Optional.empty(), NOON, NOON);
    assertThat(online.silentUntil(NOON.plus(LIMIT).minusMillis(1), LIMIT)).isEqualTo(online);
    GatewayPresence offline = online.silentUntil(NOON.plus(LIMIT), LIMIT);
    assertThat(offline.online()).isFalse();
    assertThat(offline.since()).isEqualTo(NOON.plus(LIMIT));
    assertThat(offline.silentUntil(NOON.plus(LIMIT).plusSeconds(9), LIMIT)).isEqualTo(offline);
  }

  @Test
  void what_a_spooler_kept_brings_nobody_online() {
    GatewayPresence offline =
        heard(Optional.empty(), NOON, NOON).silentUntil(NOON.plus(LIMIT), LIMIT);
    Instant hourLater = NOON.plusSeconds(3600);
    GatewayPresence late = heard(Optional.of(offline), NOON.plusSeconds(10), hourLater);
    assertThat(late.online()).isFalse();
    assertThat(late.lastHeardAt()).isEqualTo(NOON.plusSeconds(10));
    assertThat(heard(Optional.of(late), hourLater, hourLater).online()).isTrue();
  }

  @Test
  void a_message_from_the_future_counts_as_sent_when_it_arrived() {
    GatewayPresence presence = heard(Optional.empty(), NOON.plusSeconds(3600), NOON);
    assertThat(presence.lastHeardAt()).isEqualTo(NOON);
  }

  private static GatewayPresence heard(
      Optional<GatewayPresence> known, Instant sentAt, Instant receivedAt) {
    return GatewayPresence.after(
        known, new Heard(GATEWAY, sentAt, receivedAt, OptionalLong.of(4)), LIMIT);
  }
}
