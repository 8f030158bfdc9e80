package io.gympulse.bench.all;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresPageTest {
  private static final String PAGE =
      "# Figures\n\nBefore.\n" + FiguresPage.BEGIN + "\nold\n" + FiguresPage.END + "\nAfter.\n";

  @Test
  void the_part_between_the_marks_is_written_anew_and_the_rest_is_kept() {
    Measured wire =
        new Measured(
            List.of("bench", "wire"), 0, List.of("  JSON rows 58.9 B", "bench wire: a=1 b=2.5"));

    String page = FiguresPage.written(PAGE, "Measured today.", List.of(wire));

    assertThat(page)
        .startsWith("# Figures\n\nBefore.\n" + FiguresPage.BEGIN + "\nMeasured today.\n")
        .endsWith(FiguresPage.END + "\nAfter.\n")
        .contains("| `./gympulse bench wire` | a=1, b=2.5 |\n", "  JSON rows 58.9 B")
        .doesNotContain("old");
    assertThat(FiguresPage.written(page, "Measured today.", List.of(wire))).isEqualTo(page);
  }

  @Test
  void a_command_that_fails_is_shown_as_failed() {
    Measured burst =
        new Measured(List.of("bench", "burst"), 1, List.of("bench burst: p99_ms=900.0 lost=0"));

    assertThat(FiguresPage.written(PAGE, "", List.of(burst)))
        .contains("| p99_ms=900.0, lost=0 **(exit code 1)** |");
  }

  @Test
  void the_last_line_of_the_command_counts() {
    List<String> lines = List.of("prove: recorded=1", "  prove: no", "prove: recorded=2 lost=0");

    assertThat(new Measured(List.of("prove", "--seed", "1"), 0, lines).figures())
        .hasValue("recorded=2 lost=0");
    assertThat(new Measured(List.of("bench", "wire"), 0, lines).isGood()).isFalse();
  }

  @Test
  void a_page_without_marks_is_refused() {
    assertThatThrownBy(() -> FiguresPage.written("# Figures\n", "", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(FiguresPage.BEGIN);
  }
}
