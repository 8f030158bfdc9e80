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

class SequencesTest {
  private static final UUID ONE = UUID.randomUUID();
  private static final UUID OTHER = UUID.randomUUID();

  @Test
  void numbers_that_go_on_over_restarts_are_right() {
    assertThat(Sequences.judge(recorded(ONE, 1, 2, 3), Set.of(), 1).errors()).isZero();
  }

  @Test
  void a_number_that_only_the_store_has_was_committed_before_its_append_returned() {
    assertThat(Sequences.judge(recorded(ONE, 1, 3), Set.of(new EventName(ONE, 2)), 1).errors())
        .isZero();
    assertThat(Sequences.judge(recorded(ONE, 1, 3), Set.of(), 1).skipped()).isEqualTo(1);
  }

  @Test
  void a_restart_that_begins_at_one_again_reuses_numbers() {
    assertThat(Sequences.judge(recorded(ONE, 1, 2, 1, 2, 3), Set.of(), 1).reused()).isEqualTo(2);
  }

  @Test
  void a_lower_number_that_comes_later_runs_backwards() {
    assertThat(Sequences.judge(recorded(ONE, 1, 3, 2), Set.of(), 1).backwards()).isEqualTo(1);
  }

  @Test
  void a_new_outbox_after_a_restart_is_one_too_many() {
    List<RecordedEvent> both =
        Stream.concat(recorded(ONE, 1, 2).stream(), recorded(OTHER, 1).stream()).toList();
    assertThat(Sequences.judge(both, Set.of(), 1).surplus()).isEqualTo(1);
    assertThat(Sequences.judge(both, Set.of(), 2).errors()).isZero();
  }

  private static List<RecordedEvent> recorded(UUID outbox, long... seqs) {
    return Arrays.stream(seqs)
        .mapToObj(
            it ->
                new RecordedEvent(
                    new SeenEvent(
                        new EventName(outbox, it), Optional.of(Day.at(it)), "bike-1", "free", "-"),
                    "boot-1",
                    Duration.ofSeconds(it)))
        .toList();
  }
}
