package io.gympulse.bench.all;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The generated part of docs/figures.md: a sentence, a table with a row a command, and below it
/// what each command printed, with its peer or limit. What is written by hand around it is kept.
final class FiguresPage {
  static final String BEGIN = "<!-- written by ./gympulse bench all: begin -->";
  static final String END = "<!-- written by ./gympulse bench all: end -->";

  private static final String ROW = "| `./gympulse ";
  private static final String NEXT_LINE_OF_ROW = "| |";
  private static final String OUTPUT = "`./gympulse ";
  private static final String FENCE = "```";

  private FiguresPage() {}

  /// With every row written anew.
  ///
  /// @param page the page as it is
  /// @param where when, at which commit and on which machine this was measured, as one sentence
  /// @throws IllegalArgumentException if the page does not hold both marks, in order
  static String written(String page, String where, List<Measured> measured) {
    StringBuilder text = new StringBuilder(where).append("\n\n| command | figures |\n|---|---|\n");
    measured.forEach(it -> text.append(row(it)));
    text.append("\nWhat each of them printed, its peer or limit included:\n");
    measured.forEach(it -> text.append('\n').append(output(it, where)));
    return between(page, text.toString());
  }

  /// With these commands' rows and outputs written anew and those of all others kept. A row is a
  /// command's, whatever options it was run with, except that each run of the proof is its own.
  ///
  /// @param page as [#written]
  /// @param where as [#written]; stands with the outputs, as the rest was measured elsewhere
  /// @throws IllegalArgumentException as [#written]
  static String replaced(String page, String where, List<Measured> measured) {
    requireMarks(page);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    List<String> lines = page.substring(begin, page.indexOf(END)).strip().lines().toList();
    int table = endOfTable(lines);
    return between(
        page,
        rows(lines.subList(0, table), measured)
            + outputs(lines.subList(table, lines.size()), where, measured));
  }

  /// A row may go on in further ones whose first cell is empty.
  private static String rows(List<String> lines, List<Measured> measured) {
    Map<String, Measured> left = byName(measured);
    StringBuilder text = new StringBuilder();
    boolean drops = false;
    for (String line : lines) {
      Measured anew = line.startsWith(ROW) ? left.remove(name(commandOf(line, ROW))) : null;
      drops = anew != null || (drops && line.startsWith(NEXT_LINE_OF_ROW));
      if (anew != null) {
        text.append(row(anew));
      } else if (!drops) {
        text.append(line).append('\n');
      }
    }
    left.values().forEach(it -> text.append(row(it)));
    return text.toString();
  }

  /// An output goes on to its second fence.
  private static String outputs(List<String> lines, String where, List<Measured> measured) {
    Map<String, Measured> left = byName(measured);
    StringBuilder text = new StringBuilder();
    int fencesToDrop = 0;
    for (String line : lines) {
      if (fencesToDrop > 0) {
        fencesToDrop -= line.startsWith(FENCE) ? 1 : 0;
        continue;
      }
      Measured anew = line.startsWith(OUTPUT) ? left.remove(name(commandOf(line, OUTPUT))) : null;
      if (anew != null) {
        text.append(output(anew, where));
        fencesToDrop = 2;
      } else {
        text.append(line).append('\n');
      }
    }
    left.values().forEach(it -> text.append('\n').append(output(it, where)));
    return text.toString();
  }

  private static Map<String, Measured> byName(List<Measured> measured) {
    return measured.stream()
        .collect(
            Collectors.toMap(it -> name(command(it)), it -> it, (_, later) -> later, TreeMap::new));
  }

  /// The commands of the table's rows, each as it was given to the launcher.
  ///
  /// @throws IllegalArgumentException as [#written]
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

  /// Where the first table ends.
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

  private static String row(Measured it) {
    String figures = it.figures().map(text -> text.replace(" ", ", ")).orElse("none");
    String failed = it.isGood() ? "" : " **(exit code %d)**".formatted(it.exitCode());
    return "%s%s` | %s%s |\n".formatted(ROW, command(it), figures.replace("|", "\\|"), failed);
  }

  private static String output(Measured it, String where) {
    return "%s%s`\n\n%s\n\n%s\n%s\n%s\n"
        .formatted(
            OUTPUT,
            command(it),
            where,
            FENCE,
            it.lines().stream().map(String::stripTrailing).collect(Collectors.joining("\n")),
            FENCE);
  }

  private static String command(Measured it) {
    return String.join(" ", it.command());
  }
}
