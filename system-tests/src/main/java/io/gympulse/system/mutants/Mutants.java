package io.gympulse.system.mutants;

import io.gympulse.process.ParentWatch;
import io.gympulse.system.process.Launcher;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Plants faults into copies of the sources and reports which check catches each.
@Command(
    name = "gympulse mutants",
    mixinStandardHelpOptions = true,
    description = "Plants faults into copies of the sources and reports which check catches each.")
public final class Mutants implements Callable<Integer> {

  @Option(names = "--only", description = "a fault's name; give it again for another")
  private List<String> only = List.of();

  @Option(names = "--list", description = "list the faults and exit")
  private boolean list;

  @Option(
      names = "--seed",
      defaultValue = "11",
      description = "seed of the prove runs (default: 11)")
  private long seed;

  private final PrintStream out = System.out;

  public static void main(String[] arguments) {
    ParentWatch.start();
    System.exit(new CommandLine(new Mutants()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path home = Launcher.current().home();
    List<Mutant> mutants = mutants(home.resolve("system-tests/mutants"));
    for (String name : only) {
      if (mutants.stream().noneMatch(it -> it.name().equals(name))) {
        System.err.printf("error: no fault '%s'; --list lists them%n", name);
        return 2;
      }
    }
    if (list) {
      mutants.forEach(it -> out.printf("%s: %s%n", it.name(), it.what()));
      return 0;
    }
    return run(home, mutants);
  }

  private int run(Path home, List<Mutant> mutants) throws IOException, InterruptedException {
    List<Mutant> chosen =
        mutants.stream().filter(it -> only.isEmpty() || only.contains(it.name())).toList();
    List<Mutant.Check> checks = chosen.stream().flatMap(it -> it.checks().stream()).toList();
    Set<Mutant.Check> failing = workspace(home, "without a fault").failingWithoutFault(checks);
    failing.forEach(it -> out.printf("%s fails without a fault and is ignored%n", it));
    Map<String, String> results = new LinkedHashMap<>();
    int missed = 0;
    for (Mutant mutant : chosen) {
      MutantWorkspace.Result result = workspace(home, mutant.name()).run(mutant, failing);
      missed += result instanceof MutantWorkspace.Result.Caught ? 0 : 1;
      results.put(mutant.name(), describe(result));
      out.printf("%s: caught by %s%n", mutant.name(), describe(result));
      MutationTable.write(home.resolve("docs/mutations.md"), mutants, results);
    }
    out.printf(
        "mutants: run=%d not_caught=%d failing_without_fault=%d%n",
        results.size(), missed, failing.size());
    return missed == 0 && failing.isEmpty() ? 0 : 1;
  }

  /// The cell of the table's last column.
  static String describe(MutantWorkspace.Result result) {
    return switch (result) {
      case MutantWorkspace.Result.Caught(Mutant.Check by, List<String> figures) ->
          figures.isEmpty() ? by.toString() : "%s: %s".formatted(by, String.join(", ", figures));
      case MutantWorkspace.Result.Missed _ -> "nothing";
      case MutantWorkspace.Result.Unusable(String why) -> "unusable: " + why;
    };
  }

  private MutantWorkspace workspace(Path home, String name) throws IOException {
    Path folder = Files.createTempDirectory("gympulse-mutant");
    out.printf("%s, in %s%n", name, folder);
    List<String> prove = List.of("--seed=" + seed, "--kills=6", "--outages=3", "--hours=0.75");
    return MutantWorkspace.copyOf(home, folder.resolve("gympulse"), prove);
  }

  private static List<Mutant> mutants(Path folder) throws IOException {
    List<Mutant> mutants = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .sorted()
          .forEach(
              it -> {
                try {
                  mutants.add(Mutant.read(it));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
    return mutants;
  }
}
