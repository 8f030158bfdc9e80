package io.gympulse.bench.all;

import java.util.List;
import java.util.stream.Collectors;

/// The generated part of docs/figures.md: a row a command, and below it what each command printed,
/// with its peer or limit. What is written by hand around it is kept.
final class FiguresPage {
  static final String BEGIN = "<!-- written by ./gympulse bench all: begin -->";
  static final String END = "<!-- written by ./gympulse bench all: end -->";

  private FiguresPage() {}

  /// @param page the page as it is
  /// @param where when, at which commit and on which machine this was measured, as one sentence
  /// @throws IllegalArgumentException if the page does not hold both marks, in order
  static String written(String page, String where, List<Measured> measured) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(
          "the page lacks the lines '%s' and '%s'; put them where the table belongs"
              .formatted(BEGIN, END));
    }
    return page.substring(0, begin + BEGIN.length())
        + "\n"
        + generated(where, measured)
        + page.substring(end);
  }

  private static String generated(String where, List<Measured> measured) {
    StringBuilder text = new StringBuilder(where).append("\n\n| command | figures |\n|---|---|\n");
    measured.forEach(it -> text.append(row(it)));
    text.append("\nWhat each of them printed, its peer or limit included:\n");
    measured.forEach(it -> text.append(output(it)));
    return text.toString();
  }

  private static String row(Measured it) {
    String figures = it.figures().map(text -> text.replace(" ", ", ")).orElse("none");
    String failed = it.isGood() ? "" : " **(exit code %d)**".formatted(it.exitCode());
    return "| `%s` | %s%s |\n".formatted(command(it), figures.replace("|", "\\|"), failed);
  }

  private static String output(Measured it) {
    return "\n`%s`\n\n```\n%s\n```\n"
        .formatted(
            command(it),
            it.lines().stream().map(String::stripTrailing).collect(Collectors.joining("\n")));
  }

  private static String command(Measured it) {
    return "./gympulse " + String.join(" ", it.command());
  }
}
