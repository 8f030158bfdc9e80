package io.gympulse.edge.sensing.gpio.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.GpioPull;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TakenLinesTest {
  private static final int LINES = 64;

  private final ScriptedChips chips = new ScriptedChips().plug("header");
  private final Heard heard = new Heard();

  @Test
  void an_edge_is_told_with_its_age() throws LineException {
    TakenLines lines = lines(4);
    lines.begin(chips.nanos());
    chips.drive("header", 4, true);
    chips.pass(Duration.ofMillis(20));
    lines.readEdges(chips.nanos());
    assertThat(heard.all()).containsExactly("4 low 0 ms", "4 high 20 ms");
  }

  @Test
  void a_level_that_was_found_already_is_not_told_again_by_its_edge() throws LineException {
    TakenLines lines = lines(4);
    lines.begin(chips.nanos());
    chips.drive("header", 4, true);
    lines.reconcile(chips.nanos());
    lines.readEdges(chips.nanos());
    assertThat(heard.all()).containsExactly("4 low 0 ms", "4 high 0 ms");
  }

  enum Fate {
    TOLD,
    OVERRUN,
    MISSED
  }

  record Move(int line, boolean high, Fate fate) {}

  @Property
  void whatever_is_lost_the_levels_are_right_after_the_next_look(@ForAll("moves") List<Move> moves)
      throws LineException {
    ScriptedChips floor = new ScriptedChips().plug("header");
    Heard told = new Heard();
    TakenLines lines = lines(floor, told, IntStream.range(0, LINES).toArray());
    lines.begin(floor.nanos());
    TreeMap<Integer, Boolean> truth = new TreeMap<>();
    for (Move move : moves) {
      switch (move.fate()) {
        case TOLD -> floor.drive("header", move.line(), move.high());
        case OVERRUN -> floor.overrun("header", move.line(), move.high());
        case MISSED -> floor.miss("header", move.line(), move.high());
      }
      truth.put(move.line(), move.high());
    }
    lines.readEdges(floor.nanos());
    lines.reconcile(floor.nanos());
    truth.forEach(
        (line, high) ->
            assertThat(told.all().stream().filter(it -> it.startsWith(line + " ")).toList())
                .last()
                .isEqualTo(line + (high ? " high" : " low") + " 0 ms"));
  }

  @Property
  void after_an_overrun_any_later_edge_brings_the_levels_right(@ForAll("moves") List<Move> moves)
      throws LineException {
    ScriptedChips floor = new ScriptedChips().plug("header");
    Heard told = new Heard();
    TakenLines lines = lines(floor, told, IntStream.range(0, LINES).toArray());
    lines.begin(floor.nanos());
    moves.forEach(it -> floor.overrun("header", it.line(), it.high()));
    floor.overrun("header", 7, true);
    floor.drive("header", 8, true);
    lines.readEdges(floor.nanos());
    assertThat(told.all()).contains("7 high 0 ms");
  }

  @Provide
  Arbitrary<List<Move>> moves() {
    return Combinators.combine(
            Arbitraries.integers().between(0, LINES - 1),
            Arbitraries.of(true, false),
            Arbitraries.of(Fate.class))
        .as(Move::new)
        .list()
        .ofMaxSize(200);
  }

  @Test
  void the_count_of_edges_starts_over_after_32_bits() {
    LineLevels before = new LineLevels(0, 0xFFFF_FFFFL);
    assertThat(before.edge(3, new Edge(3, true, 0, 0)))
        .isEqualTo(new LineLevels.Step(new LineLevels(8, 0), true, false));
  }

  private TakenLines lines(int... lines) throws LineException {
    return lines(chips, heard, lines);
  }

  private static TakenLines lines(ScriptedChips chips, Heard heard, int... lines)
      throws LineException {
    LineRequest request =
        new LineRequest(
            Optional.empty(),
            IntStream.of(lines)
                .mapToObj(it -> new LineSetup(it, GpioPull.DOWN, Duration.ZERO))
                .toList());
    return new TakenLines(request, chips.take(request), heard);
  }
}
