package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.event.UnknownReason;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DwellHistoriesTest {

  @Property(tries = 200)
  void the_99th_percentile_is_rounded_up_by_less_than_a_fifth(
      @ForAll @Size(min = DwellHistory.MIN_SAMPLES, max = 500)
          List<@LongRange(min = 1_000, max = 100_000_000) Long> dwells) {
    DwellHistory history = DwellHistory.EMPTY;
    for (long dwell : dwells) {
      history = history.with(dwell);
    }
    long[] sorted = dwells.stream().mapToLong(it -> it).sorted().toArray();
    long exact = sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
    assertThat(history.percentile99()).isBetween(exact, Math.round(exact * 1.2));
  }

  @Property(tries = 50)
  void a_full_history_gives_more_weight_to_recent_dwells(
      @ForAll @LongRange(min = 0, max = 50) long hours) {
    DwellHistory history = DwellHistory.EMPTY;
    for (int i = 0; i < DwellHistory.MAX_SAMPLES; i++) {
      history = history.with(hours * 3_600_000);
    }
    for (int i = 0; i < 10 * DwellHistory.MAX_SAMPLES; i++) {
      history = history.with(60_000);
    }
    assertThat(history.samples()).isLessThanOrEqualTo(DwellHistory.MAX_SAMPLES);
    assertThat(history.percentile99()).isLessThan(72_000);
  }

  @Test
  void histories_survive_a_restart_unlike_the_rest_of_the_state()
      throws DwellHistories.UnreadableException {
    TestMachine machine =
        new TestMachine(TestMachine.level("seat", 500), TestMachine.pulse("motion", 60_000));
    for (int i = 0; i < 3; i++) {
      machine.read("seat", true, i * 1_000_000L).read("seat", false, i * 1_000_000L + 600_000);
    }
    machine.tick(4_000_000);
    String text = machine.detector().histories(machine.state()).text();
    OccupancyState restarted =
        machine
            .detector()
            .initial(TestMachine.unknown(UnknownReason.GATEWAY_OFF, 0), DwellHistories.parse(text));
    assertThat(machine.detector().histories(restarted).text()).isEqualTo(text);
    assertThat(text).isEqualTo("dwells 1\nseat 36:3");
    assertThat(restarted.published().reason()).contains(UnknownReason.GATEWAY_OFF);
  }

  @Test
  void histories_of_another_version_or_damaged_are_rejected() {
    assertThatThrownBy(() -> DwellHistories.parse("dwells 2\nseat 36:3"))
        .isInstanceOf(DwellHistories.UnreadableException.class)
        .hasMessageContaining("'dwells 2'");
    for (String invalid :
        new String[] {"seat", "seat 3", "seat x:1", "seat 3:0", "SEAT 3:1", "seat 99:1"}) {
      assertThatThrownBy(() -> DwellHistories.parse("dwells 1\n" + invalid))
          .isInstanceOf(DwellHistories.UnreadableException.class);
    }
  }
}
