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

/// Plants faults into copies of the sources and tells which check catches each.
@Command(
    name = "gympulse mutants",
    mixinStandardHelpOptions = true,
    description = "Plants faults into copies of the sources and tells which check catches each.")
public final class Mutants implements Callable<Integer> {

  @Option(names = "--only", description = "a fault's name; give it again for another")
  private List<String> only = List.of();

  @Option(names = "--list", description = "name the faults and end")
  private boolean list;

  @Option(
      names = "--seed",
      defaultValue = "11",
      description = "the proof's day and faults (default: 11)")
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
        System.err.printf("error: no fault '%s'; --list names them%n", name);
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
    Set<Mutant.Check> red = workshop(home, "without a fault").redWithoutFault(checks);
    red.forEach(it -> out.printf("%s fails without a fault and is not counted%n", it));
    Map<String, String> results = new LinkedHashMap<>();
    int missed = 0;
    for (Mutant mutant : chosen) {
      Workshop.Result result = workshop(home, mutant.name()).run(mutant, red);
      missed += result instanceof Workshop.Result.Caught ? 0 : 1;
      results.put(mutant.name(), told(result));
      out.printf("%s: caught by %s%n", mutant.name(), told(result));
      MutationTable.write(home.resolve("docs/mutations.md"), mutants, results);
    }
    out.printf(
        "mutants: run=%d not_caught=%d red_without_fault=%d%n", results.size(), missed, red.size());
    return missed == 0 && red.isEmpty() ? 0 : 1;
  }

  /// What the table says of it.
  static String told(Workshop.Result result) {
    return switch (result) {
      case Workshop.Result.Caught(Mutant.Check by, List<String> figures) ->
          figures.isEmpty() ? by.toString() : "%s: %s".formatted(by, String.join(", ", figures));
      case Workshop.Result.Missed _ -> "nothing";
      case Workshop.Result.Unusable(String why) -> "unusable: " + why;
    };
  }

  private Workshop workshop(Path home, String name) throws IOException {
    Path folder = Files.createTempDirectory("gympulse-mutant");
    out.printf("%s, in %s%n", name, folder);
    List<String> prove = List.of("--seed=" + seed, "--kills=6", "--outages=3", "--hours=0.75");
    return Workshop.copyOf(home, folder.resolve("gympulse"), prove);
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
