package io.gympulse.cloud.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.AggregationBacklog.DirtyWindow;
import io.gympulse.cloud.core.aggregate.AggregationBacklog.DueWindows;
import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.cloud.core.aggregate.Window.Horizon;
import io.gympulse.cloud.core.event.Retention;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.OutboxId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AggregationBacklogTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final OutboxId ONE = new OutboxId(new UUID(0, 1));
  private static final OutboxId OTHER = new OutboxId(new UUID(0, 2));
  private static final DirtyWindow BIKES = new DirtyWindow(new CategoryId("bike"), Window.of(NOON));

  @Test
  void windows_that_are_covered_to_their_end_are_due() {
    DueWindows due = AggregationBacklog.NONE.due(covered(ONE, 3, 40), Horizon.at(at(40)));
    assertThat(due.wholeGym()).containsExactly(window(0), window(15));
  }

  @Test
  void a_window_that_is_not_covered_to_its_end_is_due_after_the_patience() {
    Coverage coverage = covered(ONE, 0, 7);
    assertThat(AggregationBacklog.NONE.due(coverage, Horizon.at(at(34))).isEmpty()).isTrue();
    assertThat(AggregationBacklog.NONE.due(coverage, Horizon.at(at(35))).wholeGym())
        .containsExactly(window(0));
  }

  @Test
  void completed_windows_are_not_due_again_and_the_current_window_still_is() {
    Coverage coverage = covered(ONE, 3, 40);
    AggregationBacklog completed =
        AggregationBacklog.NONE.completed(
            AggregationBacklog.NONE.due(coverage, Horizon.at(at(40))));
    assertThat(completed.due(coverage, Horizon.at(at(40))).isEmpty()).isTrue();
    assertThat(completed.due(covered(ONE, 3, 45), Horizon.at(at(45))).wholeGym())
        .containsExactly(window(30));
  }

  @Test
  void a_window_that_was_computed_half_covered_is_computed_again_when_the_rest_is() {
    Coverage half = covered(ONE, 0, 7);
    AggregationBacklog completed =
        AggregationBacklog.NONE.completed(AggregationBacklog.NONE.due(half, Horizon.at(at(60))));
    assertThat(completed.due(half, Horizon.at(at(90))).isEmpty()).isTrue();
    assertThat(completed.due(covered(ONE, 0, 30), Horizon.at(at(90))).wholeGym())
        .containsExactly(window(0), window(15));
  }

  @Test
  void a_new_outbox_makes_its_own_windows_due() {
    Coverage coverage = covered(ONE, 0, 15);
    AggregationBacklog completed =
        AggregationBacklog.NONE.completed(
            AggregationBacklog.NONE.due(coverage, Horizon.at(at(15))));
    assertThat(completed.due(coverage.join(covered(OTHER, 20, 45)), Horizon.at(at(45))).wholeGym())
        .containsExactly(window(15), window(30));
  }

  @Test
  void a_dirty_window_is_due_when_it_is_covered_or_after_the_patience() {
    AggregationBacklog marked = AggregationBacklog.NONE.markDirty(Set.of(BIKES));
    assertThat(marked.due(Coverage.NONE, Horizon.at(at(34))).isEmpty()).isTrue();
    assertThat(marked.due(Coverage.NONE, Horizon.at(at(35))).dirty()).isEqualTo(Map.of(BIKES, 1L));
    assertThat(marked.due(covered(ONE, 0, 15), Horizon.at(at(15))).dirty()).containsKey(BIKES);
  }

  @Test
  void a_dirty_window_is_cleared_only_if_it_was_not_marked_again_since_it_was_read() {
    AggregationBacklog marked = AggregationBacklog.NONE.markDirty(List.of(BIKES, BIKES));
    DueWindows due = marked.due(Coverage.NONE, Horizon.at(at(60)));
    assertThat(due.dirty()).isEqualTo(Map.of(BIKES, 1L));
    assertThat(marked.completed(due).dirty()).isEmpty();
    assertThat(marked.markDirty(Set.of(BIKES)).completed(due).dirty()).isEqualTo(Map.of(BIKES, 2L));
  }

  @Test
  void a_window_cleared_and_marked_anew_is_not_mistaken_for_the_earlier_marking() {
    AggregationBacklog marked = AggregationBacklog.NONE.markDirty(Set.of(BIKES));
    DueWindows slow = marked.due(Coverage.NONE, Horizon.at(at(60)));
    DueWindows quick = marked.due(Coverage.NONE, Horizon.at(at(60)));
    AggregationBacklog anew = marked.completed(quick).markDirty(Set.of(BIKES));
    assertThat(anew.completed(slow).dirty()).containsOnlyKeys(BIKES);
  }

  /// However coverage grows and whenever aggregation runs, each covered window is computed, and
  /// none remains.
  @Property
  void every_covered_window_is_due_and_none_after_completion(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 70) Integer> steps) {
    AggregationBacklog backlog = AggregationBacklog.NONE;
    Set<Window> computed = new TreeSet<>();
    int minute = 3;
    for (int step : steps) {
      minute += step;
      DueWindows due = backlog.due(covered(ONE, 3, minute), Horizon.at(at(minute)));
      computed.addAll(due.wholeGym());
      backlog = backlog.completed(due);
    }
    DueWindows last = backlog.due(covered(ONE, 3, minute), Horizon.at(at(minute + 60)));
    computed.addAll(last.wholeGym());
    Set<Window> all = new TreeSet<>();
    for (Window it = window(0); it.start().isBefore(at(minute)); it = it.next()) {
      all.add(it);
    }
    assertThat(computed).isEqualTo(all);
    assertThat(backlog.completed(last).due(covered(ONE, 3, minute), Horizon.at(at(9999))).isEmpty())
        .isTrue();
  }

  /// Time is covered by two outboxes, some of it only after later time was computed; some windows
  /// are dirty.
  @Property
  void portions_add_up_to_all_due_windows_and_only_returned_ones_are_cleared(
      @ForAll @IntRange(min = 1, max = 40) int most,
      @ForAll @IntRange(min = 0, max = 400) int from,
      @ForAll @IntRange(min = 401, max = 900) int to,
      @ForAll Set<@IntRange(min = 0, max = 60) Integer> marked) {
    AggregationBacklog backlog =
        AggregationBacklog.NONE.markDirty(
            marked.stream().map(it -> new DirtyWindow(BIKES.category(), window(15 * it))).toList());
    Set<Window> returned = new TreeSet<>();
    Coverage late = covered(ONE, 350, to).join(covered(OTHER, 390, 1_000));
    Coverage all = late.join(Coverage.startingAt(ONE, at(from)));
    for (Coverage coverage : List.of(late, all)) {
      DueWindows whole = backlog.due(coverage, Horizon.at(at(9_999)));
      Set<Window> portions = new TreeSet<>();
      Set<DirtyWindow> dirty = new TreeSet<>();
      for (DueWindows due = backlog.due(coverage, Horizon.at(at(9_999)), most);
          !due.isEmpty();
          due = backlog.due(coverage, Horizon.at(at(9_999)), most)) {
        assertThat(due.wholeGym().size()).isLessThanOrEqualTo(2 * most);
        portions.addAll(due.wholeGym());
        dirty.addAll(due.dirty().keySet());
        backlog = backlog.completed(due);
        for (Interval done : backlog.computed().covered()) {
          assertThat(Window.touching(done.from(), done.to()))
              .allMatch(it -> portions.contains(it) || returned.contains(it));
        }
      }
      assertThat(portions).isEqualTo(whole.wholeGym());
      returned.addAll(portions);
      assertThat(dirty).isEqualTo(whole.dirty().keySet());
    }
    assertThat(backlog.computed()).isEqualTo(all);
    assertThat(backlog.dirty()).isEmpty();
  }

  @Test
  void the_oldest_portion_contains_all_dirty_windows_of_its_time() {
    AggregationBacklog marked =
        AggregationBacklog.NONE.markDirty(
            Set.of(BIKES, new DirtyWindow(new CategoryId("row"), window(0))));
    DueWindows due = marked.due(covered(ONE, 15, 60), Horizon.at(at(60)), 2);
    assertThat(due.dirty()).hasSize(2);
    assertThat(due.wholeGym()).containsExactly(window(15));
  }

  /// A gateway whose clock once showed 1970, or that sends false times, covers two million windows,
  /// of which one month can be computed.
  @Test
  void time_before_the_retention_of_events_is_not_due_whatever_a_gateway_claims() {
    Coverage claimed =
        Coverage.startingAt(ONE, Instant.ofEpochMilli(1)).join(Coverage.upTo(ONE, NOON));
    AggregationBacklog backlog = AggregationBacklog.NONE;
    Instant oldest = NOON.minus(Retention.EVENTS).plus(Coverage.OF_REPORT);
    assertThat(backlog.dueWindows(claimed, Horizon.at(NOON))).isEqualTo(2_879);
    assertThat(backlog.due(claimed, Horizon.at(NOON)).wholeGym())
        .hasSize(2_879)
        .allMatch(it -> !it.start().isBefore(oldest));
    for (int portions = 0; portions < 15; portions++) {
      DueWindows due = backlog.due(claimed, Horizon.at(NOON), 192);
      assertThat(due.wholeGym().size()).isBetween(1, 192);
      backlog = backlog.completed(due);
    }
    assertThat(backlog.dueWindows(claimed, Horizon.at(NOON))).isZero();
    assertThat(backlog.due(claimed, Horizon.at(NOON), 192).isEmpty()).isTrue();
    Instant later = NOON.plus(Duration.ofMinutes(15));
    assertThat(
            backlog.due(claimed.join(Coverage.upTo(ONE, later)), Horizon.at(later), 192).wholeGym())
        .containsExactly(Window.of(NOON));
  }

  @Test
  void future_time_is_not_due() {
    Coverage ahead =
        Coverage.startingAt(ONE, NOON).join(Coverage.upTo(ONE, NOON.plus(Duration.ofDays(400))));
    assertThat(AggregationBacklog.NONE.dueWindows(ahead, Horizon.at(at(60)))).isEqualTo(4);
    assertThat(AggregationBacklog.NONE.due(ahead, Horizon.at(at(60))).wholeGym()).hasSize(4);
  }

  @Test
  void the_horizon_follows_the_expiry_time_of_events() {
    Coverage month = Coverage.startingAt(ONE, NOON).join(Coverage.upTo(ONE, at(60)));
    Instant wrong = NOON.plus(Duration.ofDays(400));
    assertThat(AggregationBacklog.NONE.dueWindows(month, Horizon.at(wrong))).isZero();
    assertThat(AggregationBacklog.NONE.dueWindows(month, Horizon.of(wrong, at(60)))).isEqualTo(4);
  }

  @Test
  void dirty_windows_before_the_retention_of_events_are_returned_at_once_to_be_cleared() {
    List<DirtyWindow> old =
        IntStream.range(0, 3_000)
            .mapToObj(it -> new DirtyWindow(BIKES.category(), Window.numbered(it)))
            .toList();
    AggregationBacklog marked = AggregationBacklog.NONE.markDirty(old).markDirty(Set.of(BIKES));
    DueWindows due = marked.due(Coverage.NONE, Horizon.at(at(60)), 1);
    assertThat(due.dirty()).hasSize(3_001);
    assertThat(due.wholeGym()).isEmpty();
    assertThat(marked.completed(due).dirty()).isEmpty();
  }

  /// Ranges equal a list of all windows.
  @Property
  void window_ranges_list_each_window_once(
      @ForAll @Size(max = 6) List<@IntRange(min = 0, max = 300) Integer> starts,
      @ForAll @IntRange(min = 1, max = 90) int length) {
    List<Interval> spans =
        starts.stream().map(it -> new Interval(ONE, at(it), at(it + length))).toList();
    Set<Window> listed = new TreeSet<>();
    spans.forEach(it -> listed.addAll(Window.touching(it.from(), it.to())));
    WindowRanges ranges = WindowRanges.touching(spans);
    assertThat(ranges.ascending()).containsExactlyElementsOf(listed);
    assertThat(ranges.descending()).containsExactlyElementsOf(new TreeSet<>(listed).reversed());
    assertThat(ranges.count()).isEqualTo(listed.size());
  }

  private static Coverage covered(OutboxId outbox, int from, int to) {
    return Coverage.startingAt(outbox, at(from)).join(Coverage.upTo(outbox, at(to)));
  }

  private static Window window(int minute) {
    return new Window(at(minute));
  }

  private static Instant at(int minute) {
    return NOON.plus(Duration.ofMinutes(minute));
  }
}
