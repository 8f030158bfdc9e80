package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.UnknownReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class OccupancyProperties {
  private static final int SETTLE = 2_000;

  /// @param after milliseconds since the input before
  record Input(int kind, boolean active, int after) {}

  @Provide
  Arbitrary<List<Input>> inputs() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 9),
            Arbitraries.of(true, false),
            Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(8, Arbitraries.integers().between(0, 5_000)),
                net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(0, 100_000)),
                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0, 30_000_000))))
        .as(Input::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 500)
  void no_two_transitions_in_a_row_are_equal_and_time_never_runs_back(
      @ForAll("inputs") List<Input> inputs) {
    List<MachineState> told = run(inputs, false);
    MachineState last = Floor.unknown(UnknownReason.NO_READING, 0);
    for (MachineState state : told) {
      assertThat(List.of(state.status(), state.reason()))
          .isNotEqualTo(List.of(last.status(), last.reason()));
      assertThat(state.since()).isAfterOrEqualTo(last.since());
      last = state;
    }
  }

  @Property(tries = 500)
  void how_often_ticks_come_changes_nothing(@ForAll("inputs") List<Input> inputs) {
    assertThat(run(inputs, true)).isEqualTo(run(inputs, false));
  }

  @Property(tries = 500)
  void nothing_is_added_before_what_was_covered(@ForAll("inputs") List<Input> inputs) {
    Floor floor = floor();
    Instant covered = Floor.at(0);
    long now = 0;
    for (Input input : inputs) {
      now += input.after();
      int before = floor.transitions().size();
      feed(floor, input, now);
      for (MachineState added : floor.transitions().subList(before, floor.transitions().size())) {
        assertThat(added.since()).isAfterOrEqualTo(covered);
      }
      assertThat(floor.coveredTo()).isAfterOrEqualTo(covered);
      covered = floor.coveredTo();
    }
  }

  @Property(tries = 500)
  void a_bounce_inside_the_settle_time_changes_nothing(
      @ForAll @Size(max = 12) List<@IntRange(min = 2 * SETTLE, max = 90_000) Integer> gaps,
      @ForAll @Size(max = 8) List<@IntRange(min = 0, max = SETTLE - 1) Integer> bounces) {
    assertThat(edges(gaps, bounces)).isEqualTo(edges(gaps, List.of()));
  }

  private static List<MachineState> edges(List<Integer> gaps, List<Integer> bounces) {
    List<Integer> inside = bounces.stream().sorted().toList();
    Floor floor = new Floor(Floor.level("seat", SETTLE));
    boolean active = false;
    long now = 0;
    floor.read("seat", false, now);
    for (int gap : gaps) {
      now += gap;
      active = !active;
      floor.read("seat", active, now);
      for (int i = 0; i + 1 < inside.size(); i += 2) {
        floor.read("seat", !active, now + inside.get(i));
        floor.read("seat", active, now + inside.get(i + 1));
      }
    }
    return List.copyOf(floor.tick(now + 10L * SETTLE).transitions());
  }

  private static Floor floor() {
    return new Floor(Floor.level("seat", SETTLE), Floor.pulse("motion", 60_000));
  }

  private static List<MachineState> run(List<Input> inputs, boolean ticksBetween) {
    Floor floor = floor();
    long now = 0;
    for (Input input : inputs) {
      if (ticksBetween) {
        floor.tick(now + input.after() / 3).tick(now + input.after() / 2);
      }
      now += input.after();
      feed(floor, input, now);
    }
    return new ArrayList<>(floor.tick(now + 100_000_000).transitions());
  }

  private static void feed(Floor floor, Input input, long now) {
    switch (input.kind()) {
      case 0 -> floor.down(now, "seat");
      case 1 -> floor.down(now, "seat", "motion");
      case 2, 3 -> floor.tick(now);
      case 4, 5, 6 -> floor.read("seat", input.active(), now);
      default -> floor.read("motion", input.active(), now);
    }
  }
}
