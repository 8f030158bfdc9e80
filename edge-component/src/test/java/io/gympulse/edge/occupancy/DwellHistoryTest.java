package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class DwellHistoryTest {

  @Property(tries = 200)
  void the_longest_usual_dwell_is_the_99th_percentile_rounded_up_by_less_than_a_fifth(
      @ForAll @Size(min = DwellHistory.ENOUGH, max = 500)
          List<@LongRange(min = 1_000, max = 100_000_000) Long> dwells) {
    DwellHistory history = DwellHistory.EMPTY;
    for (long dwell : dwells) {
      history = history.with(dwell);
    }
    long[] sorted = dwells.stream().mapToLong(it -> it).sorted().toArray();
    long exact = sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
    assertThat(history.longestUsual()).isBetween(exact, Math.round(exact * 1.2));
  }

  @Property(tries = 50)
  void a_full_history_forgets_old_habits(@ForAll @LongRange(min = 0, max = 50) long hours) {
    DwellHistory history = DwellHistory.EMPTY;
    for (int i = 0; i < DwellHistory.FULL; i++) {
      history = history.with(hours * 3_600_000);
    }
    for (int i = 0; i < 10 * DwellHistory.FULL; i++) {
      history = history.with(60_000);
    }
    assertThat(history.samples()).isLessThanOrEqualTo(DwellHistory.FULL);
    assertThat(history.longestUsual()).isLessThan(72_000);
  }
}
