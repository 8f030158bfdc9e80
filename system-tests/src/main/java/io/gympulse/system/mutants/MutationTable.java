package io.gympulse.system.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The table in docs/mutations.md: a row per planted fault. Rows of faults that are not run keep
/// their result.
final class MutationTable {
  private static final String NOT_RUN = "not run yet";
  private static final String HEAD =
      """
      # Planted faults

      `./gympulse mutants` plants each of these into a copy of the sources, builds it, runs the checks in the order given until one
      fails, and writes this table. A fault that nothing catches needs a new check. Checks that fail without a fault are ignored; for `prove` the
      failed figures are listed. The faults are in `system-tests/mutants`, a file each.

      | fault | what goes wrong | checks | caught by |
      |---|---|---|---|
      """;

  private MutationTable() {}

  /// @param results by the fault's name
  static void write(Path file, List<Mutant> mutants, Map<String, String> results)
      throws IOException {
    Map<String, String> all = new TreeMap<>(read(file));
    all.putAll(results);
    StringBuilder table = new StringBuilder(HEAD);
    for (Mutant mutant : mutants) {
      table.append(
          "| %s | %s | %s | %s |%n"
              .formatted(
                  mutant.name(),
                  mutant.what(),
                  String.join("; ", mutant.checks().stream().map(Mutant.Check::toString).toList()),
                  all.getOrDefault(mutant.name(), NOT_RUN)));
    }
    Files.writeString(file, table.toString());
  }

  private static Map<String, String> read(Path file) throws IOException {
    Map<String, String> results = new TreeMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] cells = line.split(" \\| ", -1);
        if (line.startsWith("| ") && cells.length == 4) {
          results.put(cells[0].substring(2), cells[3].replaceFirst(" \\|$", ""));
        }
      }
    }
    return results;
  }
}
