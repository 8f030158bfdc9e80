package io.gympulse.system.mutants;

import io.gympulse.contract.process.ParentWatch;
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
    Map<String, String> results = new LinkedHashMap<>();
    int missed = 0;
    for (Mutant mutant : mutants) {
      if (list) {
        out.printf("%s: %s%n", mutant.name(), mutant.what());
      } else if (only.isEmpty() || only.contains(mutant.name())) {
        Workshop.Result result = run(home, mutant);
        String told =
            switch (result) {
              case Workshop.Result.Caught(Mutant.Check by) -> by.toString();
              case Workshop.Result.Missed _ -> "nothing";
              case Workshop.Result.Unusable(String why) -> "unusable: " + why;
            };
        missed += result instanceof Workshop.Result.Caught ? 0 : 1;
        results.put(mutant.name(), told);
        out.printf("%s: caught by %s%n", mutant.name(), told);
        MutationTable.write(home.resolve("docs/mutations.md"), mutants, results);
      }
    }
    out.printf("mutants: run=%d not_caught=%d%n", results.size(), missed);
    return missed == 0 ? 0 : 1;
  }

  private Workshop.Result run(Path home, Mutant mutant) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("gympulse-mutant");
    out.printf("%s, in %s%n", mutant.name(), folder);
    List<String> prove = List.of("--seed=" + seed, "--kills=6", "--outages=3", "--hours=0.75");
    return Workshop.copyOf(home, folder.resolve("gympulse"), prove).run(mutant);
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
