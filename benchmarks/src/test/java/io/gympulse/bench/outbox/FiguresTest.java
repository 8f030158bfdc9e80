package io.gympulse.bench.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.edge.outbox.FileSettings;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void a_trial_is_told_what_to_do_and_tells_its_figures_through_text() {
    Plan plan = new Plan(Plan.Kind.SPOOLER, Path.of("x"), 7, new FileSettings(512, 9, 3));
    Figures figures = Figures.none().with("bytes", 12.5).with("flushes", 1);
    assertThat(Plan.of(plan.arguments().toArray(String[]::new))).isEqualTo(plan);
    assertThat(Figures.parse(figures.toString())).isEqualTo(figures);
  }

  @Test
  void a_figure_that_was_not_measured_is_no_zero() {
    assertThatThrownBy(() -> Figures.none().get("bytes")).hasMessageContaining("bytes");
  }

  @Test
  void a_day_of_events_begins_each_minute_once() {
    long minutes = IntStream.range(0, 10_000).filter(Events::beginsMinute).count();
    assertThat(minutes).isEqualTo(1_440);
  }
}
