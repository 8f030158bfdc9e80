package io.gympulse.bench.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.edge.outbox.OutboxSettings.FileSettings;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrialTest {

  @Test
  void trials_and_figures_are_read_back_from_text() {
    Trial trial = new Trial(Trial.Kind.SPOOLER, Path.of("x"), 7, new FileSettings(512, 9, 3));
    TrialFigures figures = TrialFigures.none().with("bytes", 12.5).with("flushes", 1);
    assertThat(Trial.of(trial.arguments().toArray(String[]::new))).isEqualTo(trial);
    assertThat(TrialFigures.parse(figures.toString())).isEqualTo(figures);
  }

  @Test
  void a_missing_figure_is_an_error() {
    assertThatThrownBy(() -> TrialFigures.none().get("bytes")).hasMessageContaining("bytes");
  }

  @Test
  void a_day_of_events_begins_each_minute_once() {
    long minutes = IntStream.range(0, 10_000).filter(GymEvents::beginsMinute).count();
    assertThat(minutes).isEqualTo(1_440);
  }
}
