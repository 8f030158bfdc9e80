package io.gympulse.cloud.core.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.gateway.GatewayPresence.LastContact;
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
  void a_gateway_is_online_since_its_first_message() {
    GatewayPresence first = contact(Optional.empty(), NOON, NOON);
    GatewayPresence then = contact(Optional.of(first), NOON.plusSeconds(60), NOON.plusSeconds(61));
    assertThat(then.online()).isTrue();
    assertThat(then.since()).isEqualTo(NOON);
    assertThat(then.lastHeardAt()).isEqualTo(NOON.plusSeconds(60));
  }

  @Test
  void a_gateway_is_offline_after_the_timeout_and_not_earlier() {
    GatewayPresence online = contact(Optional.empty(), NOON, NOON);
    assertThat(online.afterTimeout(NOON.plus(LIMIT).minusMillis(1), LIMIT)).isEqualTo(online);
    GatewayPresence offline = online.afterTimeout(NOON.plus(LIMIT), LIMIT);
    assertThat(offline.online()).isFalse();
    assertThat(offline.since()).isEqualTo(NOON.plus(LIMIT));
    assertThat(offline.afterTimeout(NOON.plus(LIMIT).plusSeconds(9), LIMIT)).isEqualTo(offline);
  }

  @Test
  void a_message_kept_in_a_queue_brings_no_gateway_online() {
    GatewayPresence offline =
        contact(Optional.empty(), NOON, NOON).afterTimeout(NOON.plus(LIMIT), LIMIT);
    Instant hourLater = NOON.plusSeconds(3600);
    GatewayPresence late = contact(Optional.of(offline), NOON.plusSeconds(10), hourLater);
    assertThat(late.online()).isFalse();
    assertThat(late.lastHeardAt()).isEqualTo(NOON.plusSeconds(10));
    assertThat(contact(Optional.of(late), hourLater, hourLater).online()).isTrue();
  }

  @Test
  void a_message_from_the_future_counts_as_sent_when_it_arrived() {
    GatewayPresence presence = contact(Optional.empty(), NOON.plusSeconds(3600), NOON);
    assertThat(presence.lastHeardAt()).isEqualTo(NOON);
  }

  private static GatewayPresence contact(
      Optional<GatewayPresence> known, Instant sentAt, Instant receivedAt) {
    return GatewayPresence.after(
        known, new LastContact(GATEWAY, sentAt, receivedAt, OptionalLong.of(4)), LIMIT);
  }
}
