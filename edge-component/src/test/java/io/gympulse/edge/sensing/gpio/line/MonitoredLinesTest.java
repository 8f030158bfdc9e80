package io.gympulse.edge.sensing.gpio.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.SourceConfig.GpioPull;
import io.gympulse.edge.sensing.gpio.line.GpioChips.EdgeEvent;
import io.gympulse.edge.sensing.gpio.line.GpioChips.LineException;
import io.gympulse.edge.sensing.gpio.line.LineRequest.LineSettings;
import io.gympulse.edge.sensing.gpio.line.MonitoredLines.LineLevels;
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

class MonitoredLinesTest {
  private static final int LINES = 64;

  private final ScriptedChips chips = new ScriptedChips().plug("header");
  private final RecordingLineListener listener = new RecordingLineListener();

  @Test
  void an_edge_is_notified_with_its_age() throws LineException {
    MonitoredLines lines = lines(4);
    lines.start(chips.nanos());
    chips.drive("header", 4, true);
    chips.advance(Duration.ofMillis(20));
    lines.readEdges(chips.nanos());
    assertThat(listener.all()).containsExactly("4 low 0 ms", "4 high 20 ms");
  }

  @Test
  void a_level_that_was_read_already_is_not_notified_again_for_its_edge() throws LineException {
    MonitoredLines lines = lines(4);
    lines.start(chips.nanos());
    chips.drive("header", 4, true);
    lines.reconcile(chips.nanos());
    lines.readEdges(chips.nanos());
    assertThat(listener.all()).containsExactly("4 low 0 ms", "4 high 0 ms");
  }

  enum Delivery {
    QUEUED,
    OVERRUN,
    MISSED
  }

  record Move(int line, boolean high, Delivery delivery) {}

  @Property
  void whatever_is_lost_the_levels_are_right_after_the_next_read(@ForAll("moves") List<Move> moves)
      throws LineException {
    ScriptedChips simulated = new ScriptedChips().plug("header");
    RecordingLineListener listener = new RecordingLineListener();
    MonitoredLines lines = lines(simulated, listener, IntStream.range(0, LINES).toArray());
    lines.start(simulated.nanos());
    TreeMap<Integer, Boolean> truth = new TreeMap<>();
    for (Move move : moves) {
      switch (move.delivery()) {
        case QUEUED -> simulated.drive("header", move.line(), move.high());
        case OVERRUN -> simulated.overrun("header", move.line(), move.high());
        case MISSED -> simulated.miss("header", move.line(), move.high());
      }
      truth.put(move.line(), move.high());
    }
    lines.readEdges(simulated.nanos());
    lines.reconcile(simulated.nanos());
    truth.forEach(
        (line, high) ->
            assertThat(listener.all().stream().filter(it -> it.startsWith(line + " ")).toList())
                .last()
                .isEqualTo(line + (high ? " high" : " low") + " 0 ms"));
  }

  @Property
  void after_an_overrun_any_later_edge_corrects_the_levels(@ForAll("moves") List<Move> moves)
      throws LineException {
    ScriptedChips simulated = new ScriptedChips().plug("header");
    RecordingLineListener listener = new RecordingLineListener();
    MonitoredLines lines = lines(simulated, listener, IntStream.range(0, LINES).toArray());
    lines.start(simulated.nanos());
    moves.forEach(it -> simulated.overrun("header", it.line(), it.high()));
    simulated.overrun("header", 7, true);
    simulated.drive("header", 8, true);
    lines.readEdges(simulated.nanos());
    assertThat(listener.all()).contains("7 high 0 ms");
  }

  @Provide
  Arbitrary<List<Move>> moves() {
    return Combinators.combine(
            Arbitraries.integers().between(0, LINES - 1),
            Arbitraries.of(true, false),
            Arbitraries.of(Delivery.class))
        .as(Move::new)
        .list()
        .ofMaxSize(200);
  }

  @Test
  void the_sequence_of_edges_wraps_after_32_bits() {
    LineLevels before = new LineLevels(0, 0xFFFF_FFFFL);
    assertThat(before.edge(3, new EdgeEvent(3, true, 0, 0)))
        .isEqualTo(new LineLevels.Step(new LineLevels(8, 0), true, false));
  }

  private MonitoredLines lines(int... lines) throws LineException {
    return lines(chips, listener, lines);
  }

  private static MonitoredLines lines(
      ScriptedChips chips, RecordingLineListener listener, int... lines) throws LineException {
    LineRequest request =
        new LineRequest(
            Optional.empty(),
            IntStream.of(lines)
                .mapToObj(it -> new LineSettings(it, GpioPull.DOWN, Duration.ZERO))
                .toList());
    return new MonitoredLines(request, chips.request(request), listener);
  }
}
