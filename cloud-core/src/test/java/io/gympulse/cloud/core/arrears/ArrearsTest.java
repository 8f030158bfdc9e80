package io.gympulse.cloud.core.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.coverage.Coverage;
import io.gympulse.cloud.core.coverage.Interval;
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

class ArrearsTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final OutboxId ONE = new OutboxId(new UUID(0, 1));
  private static final OutboxId OTHER = new OutboxId(new UUID(0, 2));
  private static final Mark BIKES = new Mark(new CategoryId("bike"), Window.of(NOON));

  @Test
  void windows_that_are_covered_to_their_end_are_due() {
    Due due = Arrears.NONE.due(covered(ONE, 3, 40), Horizon.at(at(40)));
    assertThat(due.wholeGym()).containsExactly(window(0), window(15));
  }

  @Test
  void a_window_that_is_not_covered_to_its_end_is_waited_for_and_not_for_ever() {
    Coverage coverage = covered(ONE, 0, 7);
    assertThat(Arrears.NONE.due(coverage, Horizon.at(at(34))).isEmpty()).isTrue();
    assertThat(Arrears.NONE.due(coverage, Horizon.at(at(35))).wholeGym())
        .containsExactly(window(0));
  }

  @Test
  void what_is_settled_is_not_due_again_and_the_window_in_the_making_still_is() {
    Coverage coverage = covered(ONE, 3, 40);
    Arrears settled = Arrears.NONE.settled(Arrears.NONE.due(coverage, Horizon.at(at(40))));
    assertThat(settled.due(coverage, Horizon.at(at(40))).isEmpty()).isTrue();
    assertThat(settled.due(covered(ONE, 3, 45), Horizon.at(at(45))).wholeGym())
        .containsExactly(window(30));
  }

  @Test
  void a_window_that_was_computed_half_covered_is_computed_again_when_the_rest_is() {
    Coverage half = covered(ONE, 0, 7);
    Arrears settled = Arrears.NONE.settled(Arrears.NONE.due(half, Horizon.at(at(60))));
    assertThat(settled.due(half, Horizon.at(at(90))).isEmpty()).isTrue();
    assertThat(settled.due(covered(ONE, 0, 30), Horizon.at(at(90))).wholeGym())
        .containsExactly(window(0), window(15));
  }

  @Test
  void a_new_outbox_makes_its_own_windows_due() {
    Coverage coverage = covered(ONE, 0, 15);
    Arrears settled = Arrears.NONE.settled(Arrears.NONE.due(coverage, Horizon.at(at(15))));
    assertThat(settled.due(coverage.join(covered(OTHER, 20, 45)), Horizon.at(at(45))).wholeGym())
        .containsExactly(window(15), window(30));
  }

  @Test
  void a_marked_window_is_due_when_it_is_covered_or_long_over() {
    Arrears marked = Arrears.NONE.marked(Set.of(BIKES));
    assertThat(marked.due(Coverage.NONE, Horizon.at(at(34))).isEmpty()).isTrue();
    assertThat(marked.due(Coverage.NONE, Horizon.at(at(35))).marks()).isEqualTo(Map.of(BIKES, 1L));
    assertThat(marked.due(covered(ONE, 0, 15), Horizon.at(at(15))).marks()).containsKey(BIKES);
  }

  @Test
  void a_mark_is_struck_off_only_if_nothing_arrived_since_it_was_read() {
    Arrears marked = Arrears.NONE.marked(List.of(BIKES, BIKES));
    Due due = marked.due(Coverage.NONE, Horizon.at(at(60)));
    assertThat(due.marks()).isEqualTo(Map.of(BIKES, 1L));
    assertThat(marked.settled(due).late()).isEmpty();
    assertThat(marked.marked(Set.of(BIKES)).settled(due).late()).isEqualTo(Map.of(BIKES, 2L));
  }

  @Test
  void a_mark_struck_off_and_made_anew_is_not_mistaken_for_the_old_one() {
    Arrears marked = Arrears.NONE.marked(Set.of(BIKES));
    Due slow = marked.due(Coverage.NONE, Horizon.at(at(60)));
    Due quick = marked.due(Coverage.NONE, Horizon.at(at(60)));
    Arrears anew = marked.settled(quick).marked(Set.of(BIKES));
    assertThat(anew.settled(slow).late()).containsOnlyKeys(BIKES);
  }

  /// However coverage grows and whenever aggregation runs, each covered window is computed, and
  /// none is left over.
  @Property
  void every_covered_window_is_due_once_it_is_settled_nothing_is(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 70) Integer> steps) {
    Arrears arrears = Arrears.NONE;
    Set<Window> computed = new TreeSet<>();
    int minute = 3;
    for (int step : steps) {
      minute += step;
      Due due = arrears.due(covered(ONE, 3, minute), Horizon.at(at(minute)));
      computed.addAll(due.wholeGym());
      arrears = arrears.settled(due);
    }
    Due last = arrears.due(covered(ONE, 3, minute), Horizon.at(at(minute + 60)));
    computed.addAll(last.wholeGym());
    Set<Window> all = new TreeSet<>();
    for (Window it = window(0); it.start().isBefore(at(minute)); it = it.next()) {
      all.add(it);
    }
    assertThat(computed).isEqualTo(all);
    assertThat(arrears.settled(last).due(covered(ONE, 3, minute), Horizon.at(at(9999))).isEmpty())
        .isTrue();
  }

  /// Time is covered by two outboxes, some of it only after what lies behind it was computed; marks
  /// lie about.
  @Property
  void portions_come_to_the_whole_and_nothing_is_struck_off_that_was_not_handed_out(
      @ForAll @IntRange(min = 1, max = 40) int most,
      @ForAll @IntRange(min = 0, max = 400) int from,
      @ForAll @IntRange(min = 401, max = 900) int to,
      @ForAll Set<@IntRange(min = 0, max = 60) Integer> marked) {
    Arrears arrears =
        Arrears.NONE.marked(
            marked.stream().map(it -> new Mark(BIKES.category(), window(15 * it))).toList());
    Set<Window> handedOut = new TreeSet<>();
    Coverage late = covered(ONE, 350, to).join(covered(OTHER, 390, 1_000));
    Coverage all = late.join(Coverage.begun(ONE, at(from)));
    for (Coverage coverage : List.of(late, all)) {
      Due whole = arrears.due(coverage, Horizon.at(at(9_999)));
      Set<Window> portions = new TreeSet<>();
      Set<Mark> marks = new TreeSet<>();
      for (Due due = arrears.due(coverage, Horizon.at(at(9_999)), most);
          !due.isEmpty();
          due = arrears.due(coverage, Horizon.at(at(9_999)), most)) {
        assertThat(due.wholeGym().size()).isLessThanOrEqualTo(2 * most);
        portions.addAll(due.wholeGym());
        marks.addAll(due.marks().keySet());
        arrears = arrears.settled(due);
        for (Interval done : arrears.computed().covered()) {
          assertThat(Window.touching(done.from(), done.to()))
              .allMatch(it -> portions.contains(it) || handedOut.contains(it));
        }
      }
      assertThat(portions).isEqualTo(whole.wholeGym());
      handedOut.addAll(portions);
      assertThat(marks).isEqualTo(whole.marks().keySet());
    }
    assertThat(arrears.computed()).isEqualTo(all);
    assertThat(arrears.late()).isEmpty();
  }

  @Test
  void the_oldest_portion_holds_all_marks_of_its_windows() {
    Arrears marked = Arrears.NONE.marked(Set.of(BIKES, new Mark(new CategoryId("row"), window(0))));
    Due due = marked.due(covered(ONE, 15, 60), Horizon.at(at(60)), 2);
    assertThat(due.marks()).hasSize(2);
    assertThat(due.wholeGym()).containsExactly(window(15));
  }

  /// A gateway whose clock once showed 1970, or that lies: two million windows, of which a month's
  /// can be computed.
  @Test
  void time_of_before_the_events_that_are_kept_is_not_due_whatever_a_gateway_has_claimed() {
    Coverage claimed =
        Coverage.begun(ONE, Instant.ofEpochMilli(1)).join(Coverage.reached(ONE, NOON));
    Arrears arrears = Arrears.NONE;
    Instant oldest = NOON.minus(Retention.EVENTS).plus(Coverage.OF_REPORT);
    assertThat(arrears.dueWindows(claimed, Horizon.at(NOON))).isEqualTo(2_879);
    assertThat(arrears.due(claimed, Horizon.at(NOON)).wholeGym())
        .hasSize(2_879)
        .allMatch(it -> !it.start().isBefore(oldest));
    for (int portions = 0; portions < 15; portions++) {
      Due due = arrears.due(claimed, Horizon.at(NOON), 192);
      assertThat(due.wholeGym().size()).isBetween(1, 192);
      arrears = arrears.settled(due);
    }
    assertThat(arrears.dueWindows(claimed, Horizon.at(NOON))).isZero();
    assertThat(arrears.due(claimed, Horizon.at(NOON), 192).isEmpty()).isTrue();
    Instant later = NOON.plus(Duration.ofMinutes(15));
    assertThat(
            arrears
                .due(claimed.join(Coverage.reached(ONE, later)), Horizon.at(later), 192)
                .wholeGym())
        .containsExactly(Window.of(NOON));
  }

  @Test
  void time_that_is_still_to_come_is_not_due() {
    Coverage ahead =
        Coverage.begun(ONE, NOON).join(Coverage.reached(ONE, NOON.plus(Duration.ofDays(400))));
    assertThat(Arrears.NONE.dueWindows(ahead, Horizon.at(at(60)))).isEqualTo(4);
    assertThat(Arrears.NONE.due(ahead, Horizon.at(at(60))).wholeGym()).hasSize(4);
  }

  @Test
  void the_time_of_a_machines_events_is_kept_as_long_as_they_are() {
    Coverage month = Coverage.begun(ONE, NOON).join(Coverage.reached(ONE, at(60)));
    Instant wrong = NOON.plus(Duration.ofDays(400));
    assertThat(Arrears.NONE.dueWindows(month, Horizon.at(wrong))).isZero();
    assertThat(Arrears.NONE.dueWindows(month, Horizon.of(wrong, at(60)))).isEqualTo(4);
  }

  @Test
  void marks_of_before_the_events_that_are_kept_are_handed_out_at_once_to_be_struck_off() {
    List<Mark> old =
        IntStream.range(0, 3_000)
            .mapToObj(it -> new Mark(BIKES.category(), Window.numbered(it)))
            .toList();
    Arrears marked = Arrears.NONE.marked(old).marked(Set.of(BIKES));
    Due due = marked.due(Coverage.NONE, Horizon.at(at(60)), 1);
    assertThat(due.marks()).hasSize(3_001);
    assertThat(due.wholeGym()).isEmpty();
    assertThat(marked.settled(due).late()).isEmpty();
  }

  /// Ranges are what a listing of all windows would be.
  @Property
  void windows_are_ranges_whose_listing_names_each_once(
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
    return Coverage.begun(outbox, at(from)).join(Coverage.reached(outbox, at(to)));
  }

  private static Window window(int minute) {
    return new Window(at(minute));
  }

  private static Instant at(int minute) {
    return NOON.plus(Duration.ofMinutes(minute));
  }
}
