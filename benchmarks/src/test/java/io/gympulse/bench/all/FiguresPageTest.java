package io.gympulse.bench.all;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresPageTest {
  private static final String PAGE =
      "# Figures\n\nBefore.\n" + FiguresPage.BEGIN + "\nold\n" + FiguresPage.END + "\nAfter.\n";

  @Test
  void the_part_between_the_marks_is_replaced_and_the_rest_is_kept() {
    FiguresPage.Measurement wire =
        new FiguresPage.Measurement(
            List.of("bench", "wire"), 0, List.of("  JSON rows 58.9 B", "bench wire: a=1 b=2.5"));

    String page = FiguresPage.replaceAll(PAGE, "Measured today.", List.of(wire));

    assertThat(page)
        .startsWith("# Figures\n\nBefore.\n" + FiguresPage.BEGIN + "\nMeasured today.\n")
        .endsWith(FiguresPage.END + "\nAfter.\n")
        .contains("| `./gympulse bench wire` | a=1, b=2.5 |\n", "  JSON rows 58.9 B")
        .doesNotContain("old");
    assertThat(FiguresPage.replaceAll(page, "Measured today.", List.of(wire))).isEqualTo(page);
  }

  @Test
  void rows_and_outputs_of_other_commands_are_kept() {
    String byHand =
        """
        # Figures
        %s
        Measured long ago.

        | command | figure | beside it |
        |---|---|---|
        | `./gympulse bench outbox` | old outbox | |
        | | its second line | |
        | `./gympulse bench wire --old` | old wire | |
        | | old second line | |
        | `./gympulse prove --seed 1` | old proof | |
        %s
        After.
        """
            .formatted(FiguresPage.BEGIN, FiguresPage.END);

    String once = FiguresPage.replaceMeasured(byHand, "Measured today.", List.of(wire("a=1")));
    String twice = FiguresPage.replaceMeasured(once, "Measured now.", List.of(wire("a=2")));

    assertThat(once)
        .startsWith(byHand.substring(0, byHand.indexOf("| `./gympulse bench wire")))
        .contains(
            "\n| `./gympulse bench wire` | a=1 |\n| `./gympulse prove --seed 1` | old proof | |\n")
        .contains("\n\n`./gympulse bench wire`\n\nMeasured today.\n\n```\nbench wire: a=1\n```\n")
        .endsWith(FiguresPage.END + "\nAfter.\n")
        .doesNotContain("old wire", "old second line");
    assertThat(twice)
        .isEqualTo(once.replace("a=1", "a=2").replace("Measured today.", "Measured now."));
  }

  @Test
  void one_output_of_a_generated_page_is_replaced_and_the_others_are_kept() {
    FiguresPage.Measurement outbox =
        new FiguresPage.Measurement(
            List.of("bench", "outbox"), 0, List.of("printed", "bench outbox: b=1"));
    String page = FiguresPage.replaceAll(PAGE, "Measured today.", List.of(wire("a=1"), outbox));

    String anew = FiguresPage.replaceMeasured(page, "Measured now.", List.of(wire("a=2")));

    assertThat(FiguresPage.commands(anew)).containsExactly("bench wire", "bench outbox");
    assertThat(anew)
        .contains("Measured today.\n\n```\nprinted\nbench outbox: b=1\n```\n", "a=2")
        .doesNotContain("a=1");
  }

  @Test
  void every_row_has_a_command_and_every_command_has_a_row() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("gympulse.home", ".."), "docs/figures.md"));

    assertThat(FiguresPage.commands(page)).hasSameElementsAs(AllBenchmarks.COMMANDS);
  }

  private static FiguresPage.Measurement wire(String figures) {
    return new FiguresPage.Measurement(
        List.of("bench", "wire"), 0, List.of("bench wire: " + figures));
  }

  @Test
  void a_command_that_fails_is_shown_as_failed() {
    FiguresPage.Measurement burst =
        new FiguresPage.Measurement(
            List.of("bench", "burst"), 1, List.of("bench burst: p99_ms=900.0 lost=0"));

    assertThat(FiguresPage.replaceAll(PAGE, "", List.of(burst)))
        .contains("| p99_ms=900.0, lost=0 **(exit code 1)** |");
  }

  @Test
  void the_last_line_of_the_command_counts() {
    List<String> lines = List.of("prove: recorded=1", "  prove: no", "prove: recorded=2 lost=0");

    assertThat(new FiguresPage.Measurement(List.of("prove", "--seed", "1"), 0, lines).figures())
        .hasValue("recorded=2 lost=0");
    assertThat(new FiguresPage.Measurement(List.of("bench", "wire"), 0, lines).succeeded())
        .isFalse();
  }

  @Test
  void a_page_without_marks_is_rejected() {
    assertThatThrownBy(() -> FiguresPage.replaceAll("# Figures\n", "", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(FiguresPage.BEGIN);
  }
}
