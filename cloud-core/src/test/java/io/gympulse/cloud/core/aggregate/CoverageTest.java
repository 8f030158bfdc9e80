package io.gympulse.cloud.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.contract.id.OutboxId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final OutboxId ONE = outbox(1);
  private static final OutboxId OTHER = outbox(2);

  @Test
  void time_is_covered_once_the_first_event_is_stored_and_an_empty_outbox_vouches() {
    Coverage begun = Coverage.startingAt(ONE, NOON);
    Coverage reached = Coverage.upTo(ONE, NOON.plusSeconds(60));
    assertThat(begun.covered()).isEmpty();
    assertThat(reached.covered()).isEmpty();
    assertThat(begun.join(reached).covered())
        .containsExactly(new Interval(ONE, NOON, NOON.plusSeconds(60)));
  }

  @Test
  void an_end_is_not_covered_and_a_beginning_is() {
    Coverage coverage =
        Coverage.startingAt(ONE, NOON).join(Coverage.upTo(ONE, NOON.plusSeconds(60)));
    Interval covered = coverage.covered().getFirst();
    assertThat(covered.contains(NOON.minusMillis(1))).isFalse();
    assertThat(covered.contains(NOON)).isTrue();
    assertThat(covered.contains(NOON.plusSeconds(60))).isFalse();
    assertThat(coverage.watermark()).contains(NOON.plusSeconds(60));
  }

  @Test
  void one_outbox_does_not_cover_another() {
    Coverage coverage =
        Coverage.startingAt(ONE, NOON).join(Coverage.upTo(OTHER, NOON.plusSeconds(60)));
    assertThat(coverage.covered()).isEmpty();
    assertThat(coverage.watermark()).isEmpty();
  }

  @Test
  void a_new_outbox_begins_an_interval_of_its_own() {
    Coverage coverage =
        Stream.of(
                Coverage.startingAt(OTHER, NOON.plusSeconds(90)),
                Coverage.upTo(OTHER, NOON.plusSeconds(120)),
                Coverage.startingAt(ONE, NOON),
                Coverage.upTo(ONE, NOON.plusSeconds(60)))
            .reduce(Coverage.NONE, Coverage::join);
    assertThat(coverage.covered())
        .containsExactly(
            new Interval(ONE, NOON, NOON.plusSeconds(60)),
            new Interval(OTHER, NOON.plusSeconds(90), NOON.plusSeconds(120)));
  }

  @Property
  void any_order_grouping_and_repetition_gives_the_same_coverage(
      @ForAll Random random,
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 3600) Integer> seconds) {
    List<Coverage> said = seconds.stream().map(it -> word(it, random)).toList();
    List<Coverage> arriving = new ArrayList<>(said);
    arriving.addAll(said.subList(0, said.size() / 2));
    Collections.shuffle(arriving, random);
    int cut = random.nextInt(arriving.size());
    Coverage grouped =
        all(arriving.subList(0, cut)).join(all(arriving.subList(cut, arriving.size())));
    assertThat(grouped).isEqualTo(all(said));
  }

  private static Coverage word(int second, Random random) {
    OutboxId outbox = random.nextBoolean() ? ONE : OTHER;
    Instant at = NOON.plusSeconds(second);
    return random.nextInt(4) == 0 ? Coverage.startingAt(outbox, at) : Coverage.upTo(outbox, at);
  }

  private static Coverage all(List<Coverage> parts) {
    return parts.stream().reduce(Coverage.NONE, Coverage::join);
  }

  private static OutboxId outbox(int number) {
    return new OutboxId(new UUID(0, number));
  }
}
