package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeliveryCheckTest {
  private static final UUID OUTBOX = UUID.randomUUID();

  @Test
  void recorded_events_must_be_stored_once_and_unchanged() {
    List<ObservedEvent> events = List.of(event(1, "free"), event(2, "occupied"));
    assertThat(isClean(check(events, events))).isTrue();
  }

  @Test
  void an_event_that_was_committed_and_not_recorded_may_be_stored() {
    DeliveryCheck delivery =
        check(List.of(event(1, "free")), List.of(event(1, "free"), event(2, "occupied")));
    assertThat(isClean(delivery)).isTrue();
    assertThat(delivery.stored()).isEqualTo(2);
  }

  @Test
  void a_lost_event_is_found() {
    DeliveryCheck delivery =
        check(List.of(event(1, "free"), event(2, "occupied")), List.of(event(2, "occupied")));
    assertThat(delivery.lost()).isEqualTo(1);
    assertThat(isClean(delivery)).isFalse();
  }

  @Test
  void a_gap_in_the_store_is_found_even_if_it_was_not_recorded() {
    DeliveryCheck delivery = check(List.of(event(3, "free")), List.of(event(3, "free")));
    assertThat(delivery.missing()).isEqualTo(2);
    assertThat(isClean(delivery)).isFalse();
  }

  @Test
  void a_coalesced_event_is_neither_lost_nor_missing() {
    DeliveryCheck delivery =
        DeliveryCheck.check(
            List.of(event(1, "free"), event(2, "occupied"), event(3, "free")),
            List.of(event(3, "free")),
            Set.of(new ObservedEvent.Id(OUTBOX, 1), new ObservedEvent.Id(OUTBOX, 2)),
            1);
    assertThat(isClean(delivery)).isTrue();
    assertThat(delivery.coalesced()).isEqualTo(2);
  }

  @Test
  void a_doubled_event_is_found() {
    DeliveryCheck delivery =
        check(List.of(event(1, "free")), List.of(event(1, "free"), event(1, "free")));
    assertThat(delivery.doubled()).isEqualTo(1);
    assertThat(isClean(delivery)).isFalse();
  }

  @Test
  void an_altered_event_is_found() {
    DeliveryCheck delivery = check(List.of(event(1, "free")), List.of(event(1, "occupied")));
    assertThat(delivery.altered()).isEqualTo(1);
    assertThat(isClean(delivery)).isFalse();
  }

  @Test
  void an_event_may_be_given_its_time_after_it_was_recorded() {
    ObservedEvent timeless =
        new ObservedEvent(new ObservedEvent.Id(OUTBOX, 1), Optional.empty(), "bike", "free", "-");
    assertThat(isClean(check(List.of(timeless), List.of(event(1, "free"))))).isTrue();
  }

  @Test
  void without_recorded_events_the_check_is_not_clean() {
    assertThat(isClean(check(List.of(), List.of()))).isFalse();
  }

  @Test
  void an_id_used_twice_by_the_gateway_is_found() {
    DeliveryCheck delivery =
        check(List.of(event(1, "free"), event(1, "occupied")), List.of(event(1, "free")));
    assertThat(delivery.altered()).isEqualTo(1);
    assertThat(isClean(delivery)).isFalse();
  }

  @Test
  void a_history_entry_beyond_the_events_is_doubled() {
    List<ObservedEvent> events = List.of(event(1, "free"));
    assertThat(DeliveryCheck.check(events, events, Set.of(), 2).doubled()).isEqualTo(1);
  }

  private static boolean isClean(DeliveryCheck it) {
    return it.recorded() > 0
        && it.lost() == 0
        && it.doubled() == 0
        && it.altered() == 0
        && it.missing() == 0;
  }

  private static DeliveryCheck check(List<ObservedEvent> recorded, List<ObservedEvent> stored) {
    return DeliveryCheck.check(recorded, stored, Set.of(), 0);
  }

  private static ObservedEvent event(long seq, String status) {
    return new ObservedEvent(
        new ObservedEvent.Id(OUTBOX, seq),
        Optional.of(Instant.ofEpochMilli(1_000 * seq)),
        "bike",
        status,
        "-");
  }
}
