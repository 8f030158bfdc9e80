package io.gympulse.cloud.core.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.AggregationBacklog.DirtyWindow;
import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.gateway.Gateway.AffectedWindow;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.cloud.core.gateway.Gateway.GatewayUpdate;
import io.gympulse.cloud.core.gateway.Gateway.LastContact;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.OutboxId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatewayTest {
  private static final GatewayAddress ADDRESS =
      new GatewayAddress(new GymId("g"), new GatewayId("g-gw"));
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final OutboxId OUTBOX = OutboxId.random();
  private static final CategoryId CARDIO = new CategoryId("cardio");

  private final Gateway known = after(Optional.empty(), contact(NOON, OptionalLong.of(4)));

  @Test
  void a_gateway_is_online_since_its_first_message() {
    GatewayPresence first = presence(Optional.empty(), NOON, NOON);
    GatewayPresence then = presence(Optional.of(first), NOON.plusSeconds(60), NOON.plusSeconds(61));
    assertThat(then.online()).isTrue();
    assertThat(then.since()).isEqualTo(NOON);
    assertThat(then.lastHeardAt()).isEqualTo(NOON.plusSeconds(60));
  }

  @Test
  void a_gateway_is_offline_after_the_timeout_and_not_earlier() {
    GatewayPresence online = presence(Optional.empty(), NOON, NOON);
    assertThat(online.afterTimeout(NOON.plus(LIMIT).minusMillis(1), LIMIT)).isEqualTo(online);
    GatewayPresence offline = online.afterTimeout(NOON.plus(LIMIT), LIMIT);
    assertThat(offline.online()).isFalse();
    assertThat(offline.since()).isEqualTo(NOON.plus(LIMIT));
    assertThat(offline.afterTimeout(NOON.plus(LIMIT).plusSeconds(9), LIMIT)).isEqualTo(offline);
  }

  @Test
  void a_message_kept_in_a_queue_brings_no_gateway_online() {
    GatewayPresence offline =
        presence(Optional.empty(), NOON, NOON).afterTimeout(NOON.plus(LIMIT), LIMIT);
    Instant hourLater = NOON.plusSeconds(3600);
    GatewayPresence late = presence(Optional.of(offline), NOON.plusSeconds(10), hourLater);
    assertThat(late.online()).isFalse();
    assertThat(late.lastHeardAt()).isEqualTo(NOON.plusSeconds(10));
    assertThat(presence(Optional.of(late), hourLater, hourLater).online()).isTrue();
  }

  @Test
  void a_message_from_the_future_counts_as_sent_when_it_arrived() {
    GatewayPresence presence = presence(Optional.empty(), NOON.plusSeconds(3600), NOON);
    assertThat(presence.lastHeardAt()).isEqualTo(NOON);
  }

  @Test
  void a_contact_shortly_after_the_last_one_is_not_written() {
    assertThat(after(known, contact(NOON.plusSeconds(29), OptionalLong.empty()))).isEqualTo(known);
    assertThat(after(known, contact(NOON.plusSeconds(30), OptionalLong.empty())))
        .isNotEqualTo(known);
    assertThat(after(known, contact(NOON.plusSeconds(1), OptionalLong.of(3)))).isNotEqualTo(known);
  }

  @Test
  void a_gateway_that_reconnects_is_online_at_once() {
    Gateway offline = known.afterTimeout(NOON.plus(LIMIT), LIMIT);
    Gateway back = after(offline, contact(NOON.plusSeconds(301), OptionalLong.empty()));
    assertThat(back.presence().orElseThrow().online()).isTrue();
  }

  @Test
  void a_timeout_changes_nothing_but_presence() {
    Gateway initial = Gateway.initial(ADDRESS);
    assertThat(initial.afterTimeout(NOON, LIMIT)).isEqualTo(initial);
  }

  @Test
  void an_event_within_the_coverage_is_late_and_one_beyond_is_not() {
    Coverage coverage = Coverage.startingAt(OUTBOX, NOON).join(Coverage.upTo(OUTBOX, at(600)));
    Gateway covered = after(known, GatewayUpdate.of(ADDRESS, coverage));
    Gateway then =
        after(
            covered,
            GatewayUpdate.stored(
                ADDRESS,
                List.of(
                    new AffectedWindow(CARDIO, at(10)),
                    new AffectedWindow(CARDIO, at(11)),
                    new AffectedWindow(CARDIO, at(600)),
                    new AffectedWindow(CARDIO, at(-1)))));
    assertThat(then.backlog().dirty())
        .isEqualTo(Map.of(new DirtyWindow(CARDIO, Window.of(NOON)), 1L));
  }

  @Test
  void an_event_that_arrives_with_its_coverage_is_not_late() {
    Coverage coverage = Coverage.startingAt(OUTBOX, NOON).join(Coverage.upTo(OUTBOX, at(600)));
    GatewayUpdate both =
        GatewayUpdate.of(ADDRESS, coverage)
            .and(GatewayUpdate.stored(ADDRESS, List.of(new AffectedWindow(CARDIO, at(10)))));
    Gateway then = after(known, both);
    assertThat(then.backlog().dirty()).isEmpty();
    assertThat(then.due(at(900)).wholeGym()).isEmpty();
    assertThat(then.due(at(2100)).wholeGym()).containsExactly(Window.of(NOON));
  }

  @Test
  void coverage_and_backlog_read_back_as_they_were_written() {
    DirtyWindow mark = new DirtyWindow(CARDIO, Window.of(NOON));
    Coverage coverage =
        Coverage.startingAt(OUTBOX, NOON)
            .join(Coverage.upTo(OUTBOX, at(1200)))
            .join(Coverage.upTo(OutboxId.random(), at(3)));
    Gateway gateway =
        after(
            known,
            GatewayUpdate.of(ADDRESS, coverage).and(GatewayUpdate.dirty(ADDRESS, Set.of(mark))));
    Gateway completed = gateway.completed(gateway.due(at(1200))).completed(gateway.due(NOON));
    for (Gateway it : new Gateway[] {known, gateway, completed}) {
      assertThat(GatewayCodec.coverage(GatewayCodec.encode(it.coverage())))
          .isEqualTo(it.coverage());
      assertThat(GatewayCodec.backlog(GatewayCodec.encode(it.backlog()))).isEqualTo(it.backlog());
    }
  }

  private static GatewayPresence presence(
      Optional<GatewayPresence> known, Instant sentAt, Instant receivedAt) {
    return GatewayPresence.after(
        known, new LastContact(ADDRESS, sentAt, receivedAt, OptionalLong.of(4)), LIMIT);
  }

  private static Gateway after(Gateway known, GatewayUpdate update) {
    return after(Optional.of(known), update);
  }

  private static Gateway after(Optional<Gateway> known, GatewayUpdate update) {
    return Gateway.after(known, update, LIMIT);
  }

  private static GatewayUpdate contact(Instant at, OptionalLong depth) {
    return GatewayUpdate.of(new LastContact(ADDRESS, at, at, depth));
  }

  private static Instant at(int seconds) {
    return NOON.plusSeconds(seconds);
  }
}
