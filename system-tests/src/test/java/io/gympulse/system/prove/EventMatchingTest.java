package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventMatchingTest {
  private static final UUID SHARED = UUID.randomUUID();
  private static final UUID RENUMBERED = UUID.randomUUID();

  @Test
  void an_event_whose_number_was_taken_is_matched_in_the_new_outbox() {
    EventMatching matching =
        EventMatching.match(
            recorded(event(SHARED, 5, 10, "free"), event(SHARED, 5, 20, "occupied")),
            List.of(event(SHARED, 5, 10, "free"), event(RENUMBERED, 1, 20, "occupied")));
    assertThat(matching.lost()).isZero();
    assertThat(matching.doubled()).isZero();
    assertThat(matching.renumbered()).isEqualTo(1);
    assertThat(ids(matching))
        .containsExactly(new ObservedEvent.Id(SHARED, 5), new ObservedEvent.Id(RENUMBERED, 1));
  }

  @Test
  void an_event_that_was_dropped_for_another_of_its_number_is_lost() {
    EventMatching matching =
        EventMatching.match(
            recorded(event(SHARED, 5, 10, "free"), event(SHARED, 5, 20, "occupied")),
            List.of(event(SHARED, 5, 10, "free")));
    assertThat(matching.lost()).isEqualTo(1);
    assertThat(ids(matching)).containsExactly(new ObservedEvent.Id(SHARED, 5));
  }

  @Test
  void an_event_that_is_not_stored_keeps_its_id_and_is_not_counted_as_lost() {
    EventMatching matching =
        EventMatching.match(
            recorded(event(SHARED, 5, 10, "free")), List.of(event(SHARED, 4, 9, "free")));
    assertThat(matching.lost()).isZero();
    assertThat(ids(matching)).containsExactly(new ObservedEvent.Id(SHARED, 5));
  }

  @Test
  void an_event_that_was_sent_under_two_ids_is_doubled() {
    EventMatching matching =
        EventMatching.match(
            recorded(event(SHARED, 5, 10, "free")),
            List.of(event(SHARED, 5, 10, "free"), event(RENUMBERED, 1, 10, "free")));
    assertThat(matching.doubled()).isEqualTo(1);
  }

  @Test
  void an_event_that_both_recorded_under_one_id_may_be_stored_once_or_twice() {
    List<EventMatching.TimedEvent> both =
        recorded(event(SHARED, 5, 10, "unknown"), event(SHARED, 5, 10, "unknown"));
    ObservedEvent one = event(SHARED, 5, 10, "unknown");
    ObservedEvent other = event(RENUMBERED, 1, 10, "unknown");
    ObservedEvent third = event(RENUMBERED, 2, 10, "unknown");
    assertThat(EventMatching.match(both, List.of(one)).lost()).isZero();
    assertThat(EventMatching.match(both, List.of(one, other)).doubled()).isZero();
    assertThat(EventMatching.match(both, List.of(one, other, third)).doubled()).isEqualTo(1);
  }

  @Test
  void events_recorded_without_a_time_are_matched_after_those_with_one() {
    ObservedEvent timeless =
        new ObservedEvent(
            new ObservedEvent.Id(SHARED, 5), Optional.empty(), GymDayFixture.MACHINE, "free", "-");
    EventMatching matching =
        EventMatching.match(
            recorded(timeless, event(SHARED, 5, 20, "free")),
            List.of(event(SHARED, 5, 20, "free"), event(RENUMBERED, 1, 10, "free")));
    assertThat(matching.lost()).isZero();
    assertThat(ids(matching))
        .containsExactly(new ObservedEvent.Id(RENUMBERED, 1), new ObservedEvent.Id(SHARED, 5));
  }

  private static List<ObservedEvent.Id> ids(EventMatching matching) {
    return matching.events().stream().map(it -> it.event().event().id()).toList();
  }

  private static List<EventMatching.TimedEvent> recorded(ObservedEvent... events) {
    List<EventMatching.TimedEvent> all = new ArrayList<>();
    for (ObservedEvent it : events) {
      all.add(
          new EventMatching.TimedEvent(
              new RecordedEvent(it, "boot-1", Duration.ofSeconds(1)), GymDayFixture.at(1)));
    }
    return all;
  }

  private static ObservedEvent event(UUID outbox, long seq, long second, String status) {
    return new ObservedEvent(
        new ObservedEvent.Id(outbox, seq),
        Optional.of(GymDayFixture.at(second)),
        GymDayFixture.MACHINE,
        status,
        "-");
  }
}
