package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SequenceCheckTest {
  private static final UUID ONE = UUID.randomUUID();
  private static final UUID OTHER = UUID.randomUUID();

  @Test
  void numbers_that_continue_over_restarts_are_right() {
    assertThat(SequenceCheck.check(recorded(ONE, 1, 2, 3), Set.of(), 1).errors()).isZero();
  }

  @Test
  void a_number_that_only_the_store_has_was_committed_before_its_append_returned() {
    assertThat(
            SequenceCheck.check(recorded(ONE, 1, 3), Set.of(new ObservedEvent.Id(ONE, 2)), 1)
                .errors())
        .isZero();
    assertThat(SequenceCheck.check(recorded(ONE, 1, 3), Set.of(), 1).skipped()).isEqualTo(1);
  }

  @Test
  void a_restart_that_begins_at_one_again_reuses_numbers() {
    assertThat(SequenceCheck.check(recorded(ONE, 1, 2, 1, 2, 3), Set.of(), 1).reused())
        .isEqualTo(2);
  }

  @Test
  void a_lower_number_after_a_higher_one_is_backwards() {
    assertThat(SequenceCheck.check(recorded(ONE, 1, 3, 2), Set.of(), 1).backwards()).isEqualTo(1);
  }

  @Test
  void a_new_outbox_after_a_restart_is_surplus() {
    List<RecordedEvent> both =
        Stream.concat(recorded(ONE, 1, 2).stream(), recorded(OTHER, 1).stream()).toList();
    assertThat(SequenceCheck.check(both, Set.of(), 1).surplus()).isEqualTo(1);
    assertThat(SequenceCheck.check(both, Set.of(), 2).errors()).isZero();
  }

  private static List<RecordedEvent> recorded(UUID outbox, long... seqs) {
    return Arrays.stream(seqs)
        .mapToObj(
            it ->
                new RecordedEvent(
                    new ObservedEvent(
                        new ObservedEvent.Id(outbox, it),
                        Optional.of(GymDayFixture.at(it)),
                        "bike-1",
                        "free",
                        "-"),
                    "boot-1",
                    Duration.ofSeconds(it)))
        .toList();
  }
}
