package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdentifiedTest {
  private static final UUID SHARED = UUID.randomUUID();
  private static final UUID RENEWED = UUID.randomUUID();

  @Test
  void an_event_whose_number_was_taken_is_found_in_the_new_outbox() {
    Identified identified =
        Identified.of(
            recorded(event(SHARED, 5, 10, "free"), event(SHARED, 5, 20, "occupied")),
            List.of(event(SHARED, 5, 10, "free"), event(RENEWED, 1, 20, "occupied")));
    assertThat(identified.lost()).isZero();
    assertThat(identified.doubled()).isZero();
    assertThat(identified.renamed()).isEqualTo(1);
    assertThat(names(identified))
        .containsExactly(new EventName(SHARED, 5), new EventName(RENEWED, 1));
  }

  @Test
  void an_event_that_was_dropped_for_another_of_its_number_is_lost() {
    Identified identified =
        Identified.of(
            recorded(event(SHARED, 5, 10, "free"), event(SHARED, 5, 20, "occupied")),
            List.of(event(SHARED, 5, 10, "free")));
    assertThat(identified.lost()).isEqualTo(1);
    assertThat(names(identified)).containsExactly(new EventName(SHARED, 5));
  }

  @Test
  void an_event_that_is_stored_under_no_name_keeps_its_own_and_is_for_others_to_find_lost() {
    Identified identified =
        Identified.of(recorded(event(SHARED, 5, 10, "free")), List.of(event(SHARED, 4, 9, "free")));
    assertThat(identified.lost()).isZero();
    assertThat(names(identified)).containsExactly(new EventName(SHARED, 5));
  }

  @Test
  void an_event_that_was_sent_under_two_names_is_doubled() {
    Identified identified =
        Identified.of(
            recorded(event(SHARED, 5, 10, "free")),
            List.of(event(SHARED, 5, 10, "free"), event(RENEWED, 1, 10, "free")));
    assertThat(identified.doubled()).isEqualTo(1);
  }

  @Test
  void what_both_recorded_under_one_name_may_be_stored_once_or_for_each() {
    List<Identified.Moment> both =
        recorded(event(SHARED, 5, 10, "unknown"), event(SHARED, 5, 10, "unknown"));
    SeenEvent one = event(SHARED, 5, 10, "unknown");
    SeenEvent other = event(RENEWED, 1, 10, "unknown");
    SeenEvent third = event(RENEWED, 2, 10, "unknown");
    assertThat(Identified.of(both, List.of(one)).lost()).isZero();
    assertThat(Identified.of(both, List.of(one, other)).doubled()).isZero();
    assertThat(Identified.of(both, List.of(one, other, third)).doubled()).isEqualTo(1);
  }

  @Test
  void what_had_no_time_when_it_was_recorded_is_found_after_what_had_one() {
    SeenEvent timeless =
        new SeenEvent(new EventName(SHARED, 5), Optional.empty(), Day.MACHINE, "free", "-");
    Identified identified =
        Identified.of(
            recorded(timeless, event(SHARED, 5, 20, "free")),
            List.of(event(SHARED, 5, 20, "free"), event(RENEWED, 1, 10, "free")));
    assertThat(identified.lost()).isZero();
    assertThat(names(identified))
        .containsExactly(new EventName(RENEWED, 1), new EventName(SHARED, 5));
  }

  private static List<EventName> names(Identified identified) {
    return identified.events().stream().map(it -> it.event().event().name()).toList();
  }

  private static List<Identified.Moment> recorded(SeenEvent... events) {
    List<Identified.Moment> all = new ArrayList<>();
    for (SeenEvent it : events) {
      all.add(
          new Identified.Moment(new RecordedEvent(it, "boot-1", Duration.ofSeconds(1)), Day.at(1)));
    }
    return all;
  }

  private static SeenEvent event(UUID outbox, long seq, long second, String status) {
    return new SeenEvent(
        new EventName(outbox, seq), Optional.of(Day.at(second)), Day.MACHINE, status, "-");
  }
}
