package io.gympulse.bench.all;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The generated part of docs/figures.md: a sentence, a table with a row per command, and below
/// it the output of each command, with its peer or limit. The text around it is kept.
final class FiguresPage {
  static final String BEGIN = "<!-- written by ./gympulse bench all: begin -->";
  static final String END = "<!-- written by ./gympulse bench all: end -->";

  private static final String ROW = "| `./gympulse ";
  private static final String CONTINUED_ROW = "| |";
  private static final String OUTPUT = "`./gympulse ";
  private static final String FENCE = "```";

  private FiguresPage() {}

  /// Replaces the whole generated part.
  ///
  /// @param page the current page
  /// @param provenance one sentence: when, at which commit and on which machine this was measured
  /// @throws IllegalArgumentException if the page does not contain both marks in order
  static String replaceAll(String page, String provenance, List<Measurement> measured) {
    StringBuilder text =
        new StringBuilder(provenance).append("\n\n| command | figures |\n|---|---|\n");
    measured.forEach(it -> text.append(row(it)));
    text.append("\nWhat each of them printed, its peer or limit included:\n");
    measured.forEach(it -> text.append('\n').append(output(it, provenance)));
    return between(page, text.toString());
  }

  /// Replaces the rows and outputs of these commands and keeps all others. A benchmark has one
  /// row, whatever its options; each `prove` command line has a row of its own.
  ///
  /// @param page as [#replaceAll]
  /// @param provenance as [#replaceAll]; written next to the outputs only, as the other commands
  ///     were measured at another time
  /// @throws IllegalArgumentException as [#replaceAll]
  static String replaceMeasured(String page, String provenance, List<Measurement> measured) {
    requireMarks(page);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    List<String> lines = page.substring(begin, page.indexOf(END)).strip().lines().toList();
    int table = endOfTable(lines);
    return between(
        page,
        rows(lines.subList(0, table), measured)
            + outputs(lines.subList(table, lines.size()), provenance, measured));
  }

  /// A row may continue in rows with an empty first cell.
  private static String rows(List<String> lines, List<Measurement> measured) {
    Map<String, Measurement> left = byName(measured);
    StringBuilder text = new StringBuilder();
    boolean dropping = false;
    for (String line : lines) {
      Measurement replacement =
          line.startsWith(ROW) ? left.remove(name(commandOf(line, ROW))) : null;
      dropping = replacement != null || (dropping && line.startsWith(CONTINUED_ROW));
      if (replacement != null) {
        text.append(row(replacement));
      } else if (!dropping) {
        text.append(line).append('\n');
      }
    }
    left.values().forEach(it -> text.append(row(it)));
    return text.toString();
  }

  /// An output ends at its second fence.
  private static String outputs(List<String> lines, String provenance, List<Measurement> measured) {
    Map<String, Measurement> left = byName(measured);
    StringBuilder text = new StringBuilder();
    int fencesToDrop = 0;
    for (String line : lines) {
      if (fencesToDrop > 0) {
        fencesToDrop -= line.startsWith(FENCE) ? 1 : 0;
        continue;
      }
      Measurement replacement =
          line.startsWith(OUTPUT) ? left.remove(name(commandOf(line, OUTPUT))) : null;
      if (replacement != null) {
        text.append(output(replacement, provenance));
        fencesToDrop = 2;
      } else {
        text.append(line).append('\n');
      }
    }
    left.values().forEach(it -> text.append('\n').append(output(it, provenance)));
    return text.toString();
  }

  private static Map<String, Measurement> byName(List<Measurement> measured) {
    return measured.stream()
        .collect(
            Collectors.toMap(it -> name(command(it)), it -> it, (_, later) -> later, TreeMap::new));
  }

  /// The commands of the table's rows, as given to the launcher.
  ///
  /// @throws IllegalArgumentException as [#replaceAll]
  static List<String> commands(String page) {
    requireMarks(page);
    return page.substring(page.indexOf(BEGIN), page.indexOf(END))
        .lines()
        .filter(it -> it.startsWith(ROW))
        .map(it -> commandOf(it, ROW))
        .toList();
  }

  private static void requireMarks(String page) {
    int begin = page.indexOf(BEGIN);
    if (begin < 0 || page.indexOf(END) < begin) {
      throw new IllegalArgumentException(
          "the page lacks the lines '%s' and '%s'; put them where the table belongs"
              .formatted(BEGIN, END));
    }
  }

  private static String between(String page, String generated) {
    requireMarks(page);
    return page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
        + "\n"
        + generated
        + page.substring(page.indexOf(END));
  }

  /// The index of the first line after the first table.
  private static int endOfTable(List<String> lines) {
    int end = 0;
    while (end < lines.size() && !lines.get(end).startsWith("|")) {
      end++;
    }
    while (end < lines.size() && lines.get(end).startsWith("|")) {
      end++;
    }
    return end;
  }

  private static String commandOf(String line, String prefix) {
    return line.substring(prefix.length(), line.indexOf('`', prefix.length()));
  }

  private static String name(String command) {
    String[] words = command.split(" ", -1);
    return words[0].equals("bench") && words.length > 1 ? words[0] + " " + words[1] : command;
  }

  private static String row(Measurement it) {
    String figures = it.figures().map(text -> text.replace(" ", ", ")).orElse("none");
    String failed = it.succeeded() ? "" : " **(exit code %d)**".formatted(it.exitCode());
    return "%s%s` | %s%s |\n".formatted(ROW, command(it), figures.replace("|", "\\|"), failed);
  }

  private static String output(Measurement it, String provenance) {
    return "%s%s`\n\n%s\n\n%s\n%s\n%s\n"
        .formatted(
            OUTPUT,
            command(it),
            provenance,
            FENCE,
            it.lines().stream().map(String::stripTrailing).collect(Collectors.joining("\n")),
            FENCE);
  }

  private static String command(Measurement it) {
    return String.join(" ", it.command());
  }

  /// A command's output and exit code.
  ///
  /// @param command the arguments of `./gympulse`
  /// @param exitCode 0 if the command's limits are met
  /// @param lines of the output
  record Measurement(List<String> command, int exitCode, List<String> lines) {
    Measurement {
      command = List.copyOf(command);
      lines = List.copyOf(lines);
    }

    /// The figures of the last line that begins with the command's name: `bench NAME: k=v ...`, or
    /// `prove: k=v ...`.
    Optional<String> figures() {
      String prefix =
          (command.getFirst().equals("bench") ? "bench " + command.get(1) : command.getFirst())
              + ": ";
      return lines.stream()
          .filter(it -> it.startsWith(prefix))
          .reduce((_, later) -> later)
          .map(it -> it.substring(prefix.length()).strip());
    }

    boolean succeeded() {
      return exitCode == 0 && figures().isPresent();
    }
  }
}
