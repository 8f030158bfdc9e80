package io.gympulse.bench.all;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gympulse.system.process.Launcher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs the commands of docs/figures.md one after another and writes its table from their output.
/// A command that fails gets a row with its exit code, and the others still run.
@Command(
    name = "all",
    mixinStandardHelpOptions = true,
    description =
        "every benchmark, one after another; --write puts the figures into docs/figures.md")
public final class AllBenchmarks implements Callable<Integer> {
  static final List<String> COMMANDS =
      List.of(
          "bench latency",
          "bench burst",
          "bench hostile --minutes 2",
          "bench detector",
          "bench sensing",
          "bench outbox",
          "bench wire",
          "bench backlog",
          "bench ingest",
          "bench coldstart",
          "bench cost --hours 1",
          "bench recompute --times 1,10,100",
          "bench forecast",
          "bench powerloss",
          "bench footprint",
          "prove --seed 1 --kills 20 --outages 5",
          "prove --seed 3 --kills 4 --outages 2");

  @Option(
      names = "--write",
      description =
          "the page whose generated part is replaced; with --only, only the measured commands' parts")
  private @Nullable Path page;

  @Option(
      names = "--only",
      split = ",",
      description = "names of benchmarks, such as latency,wire; without it all of them")
  private List<String> only = List.of();

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException, InterruptedException {
    for (String name : only) {
      if (COMMANDS.stream().noneMatch(it -> isNamed(it, name))) {
        System.err.printf("error: --only '%s' is none of: %s%n", name, names());
        return 2;
      }
    }
    Launcher launcher = Launcher.current();
    List<FiguresPage.Measurement> measured = new ArrayList<>();
    for (String command : COMMANDS) {
      if (only.isEmpty() || only.stream().anyMatch(it -> isNamed(command, it))) {
        out.println("./gympulse " + command);
        measured.add(run(launcher, List.of(command.split(" ", -1))));
      }
    }
    if (page != null) {
      String before = Files.readString(page);
      String provenance = describeMachine(launcher);
      Files.writeString(
          page,
          only.isEmpty()
              ? FiguresPage.replaceAll(before, provenance, measured)
              : FiguresPage.replaceMeasured(before, provenance, measured));
      out.printf("written: %s%n", page);
    }
    long failed = measured.stream().filter(it -> !it.succeeded()).count();
    out.printf("bench all: commands=%d failed=%d%n", measured.size(), failed);
    return failed == 0 && !measured.isEmpty() ? 0 : 1;
  }

  private static boolean isNamed(String command, String name) {
    return name(command).equals(name);
  }

  private static String name(String command) {
    String[] words = command.split(" ", -1);
    return words[0].equals("bench") ? words[1] : words[0];
  }

  private static String names() {
    return COMMANDS.stream().map(AllBenchmarks::name).distinct().collect(Collectors.joining(", "));
  }

  private FiguresPage.Measurement run(Launcher launcher, List<String> words)
      throws IOException, InterruptedException {
    Process process =
        launcher
            .process(words.getFirst(), words.subList(1, words.size()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader output = process.inputReader(UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        out.println("  " + line);
        lines.add(line);
      }
      return new FiguresPage.Measurement(words, process.waitFor(), lines);
    } finally {
      process.destroy();
    }
  }

  private static String describeMachine(Launcher launcher)
      throws IOException, InterruptedException {
    String commit = git(launcher, "rev-parse", "--short", "HEAD");
    String changed = git(launcher, "status", "--porcelain", "--untracked-files=no");
    return "Measured on %s at commit %s%s, on %d cores (%s, %s), JDK %s."
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            commit.isEmpty() ? "unknown" : commit,
            changed.isEmpty() ? "" : " with changes",
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version().feature());
  }

  /// The output of a git command; empty without git or a repository.
  private static String git(Launcher launcher, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(launcher.home().toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return "";
    }
    try (BufferedReader output = process.inputReader(UTF_8)) {
      String text = String.join("\n", output.lines().toList());
      return process.waitFor() == 0 ? text : "";
    }
  }
}
