package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final UUID OUTBOX = UUID.randomUUID();

  @Test
  void all_is_well_if_everything_recorded_is_stored_once_and_unchanged() {
    List<SeenEvent> events = List.of(event(1, "free"), event(2, "occupied"));
    assertThat(judge(events, events).whole()).isTrue();
  }

  @Test
  void an_event_committed_but_not_yet_reported_may_be_stored() {
    Delivery delivery =
        judge(List.of(event(1, "free")), List.of(event(1, "free"), event(2, "occupied")));
    assertThat(delivery.whole()).isTrue();
    assertThat(delivery.stored()).isEqualTo(2);
  }

  @Test
  void a_lost_event_is_found() {
    Delivery delivery =
        judge(List.of(event(1, "free"), event(2, "occupied")), List.of(event(2, "occupied")));
    assertThat(delivery.lost()).isEqualTo(1);
    assertThat(delivery.whole()).isFalse();
  }

  @Test
  void a_gap_in_the_store_is_found_even_if_nobody_recorded_it() {
    Delivery delivery = judge(List.of(event(3, "free")), List.of(event(3, "free")));
    assertThat(delivery.missing()).isEqualTo(2);
    assertThat(delivery.whole()).isFalse();
  }

  @Test
  void what_another_event_answers_for_is_neither_lost_nor_missing() {
    Delivery delivery =
        Delivery.judge(
            List.of(event(1, "free"), event(2, "occupied"), event(3, "free")),
            List.of(event(3, "free")),
            Set.of(new EventName(OUTBOX, 1), new EventName(OUTBOX, 2)),
            1);
    assertThat(delivery.whole()).isTrue();
    assertThat(delivery.coalesced()).isEqualTo(2);
  }

  @Test
  void a_doubled_event_is_found() {
    Delivery delivery =
        judge(List.of(event(1, "free")), List.of(event(1, "free"), event(1, "free")));
    assertThat(delivery.doubled()).isEqualTo(1);
    assertThat(delivery.whole()).isFalse();
  }

  @Test
  void an_altered_event_is_found() {
    Delivery delivery = judge(List.of(event(1, "free")), List.of(event(1, "occupied")));
    assertThat(delivery.altered()).isEqualTo(1);
    assertThat(delivery.whole()).isFalse();
  }

  @Test
  void an_event_may_be_given_its_time_after_it_was_recorded() {
    SeenEvent timeless =
        new SeenEvent(new EventName(OUTBOX, 1), Optional.empty(), "bike", "free", "-");
    assertThat(judge(List.of(timeless), List.of(event(1, "free"))).whole()).isTrue();
  }

  @Test
  void nothing_recorded_proves_nothing() {
    assertThat(judge(List.of(), List.of()).whole()).isFalse();
  }

  @Test
  void a_name_used_twice_by_the_gateway_does_not_hold() {
    Delivery delivery =
        judge(List.of(event(1, "free"), event(1, "occupied")), List.of(event(1, "free")));
    assertThat(delivery.altered()).isEqualTo(1);
    assertThat(delivery.whole()).isFalse();
  }

  @Test
  void an_entry_of_a_history_beyond_the_events_is_a_double() {
    List<SeenEvent> events = List.of(event(1, "free"));
    assertThat(Delivery.judge(events, events, Set.of(), 2).doubled()).isEqualTo(1);
  }

  private static Delivery judge(List<SeenEvent> recorded, List<SeenEvent> stored) {
    return Delivery.judge(recorded, stored, Set.of(), 0);
  }

  private static SeenEvent event(long seq, String status) {
    return new SeenEvent(
        new EventName(OUTBOX, seq),
        Optional.of(Instant.ofEpochMilli(1_000 * seq)),
        "bike",
        status,
        "-");
  }
}
