package io.gympulse.bench.powerloss;

import io.gympulse.bench.powerloss.DiskRecording.Step;
import io.gympulse.edge.outbox.SqliteOutbox;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Records what SQLite writes and flushes while an outbox and a cloud's store work, rebuilds states
/// that a loss of power may leave of that, and opens the real stores on each: nothing that was
/// promised may be missing, and no healthy file may be taken for damaged. Linux only.
@Command(
    name = "powerloss",
    mixinStandardHelpOptions = true,
    description = "what outbox and cloud keep in states of the disk after a loss of power")
public final class PowerLossBench implements Callable<Integer> {
  @Option(names = "--states", defaultValue = "500", description = "of each store (default: 500)")
  private int states = 500;

  @Option(names = "--seed", defaultValue = "1", description = "of work and losses (default: 1)")
  private long seed = 1;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("gympulse-powerloss").toRealPath();
    Run.Verdict all = Run.Verdict.GOOD;
    try {
      if (!isPossible(folder)) {
        System.err.println("error: SQLite's calls can be recorded on Linux only");
        return 2;
      }
      for (Run run : List.of(new OutboxRun(), new CloudRun())) {
        all = all.plus(judged(run, Files.createDirectories(folder.resolve(run.name()))));
      }
    } finally {
      delete(folder);
    }
    out.printf(
        "bench powerloss: states=%d lost=%d set_aside=%d refused=%d%n",
        2 * states, all.lost(), all.setAside(), all.refused());
    return all.isGood() ? 0 : 1;
  }

  /// Has SQLite loaded first.
  private static boolean isPossible(Path folder) {
    SqliteOutbox.open(folder.resolve("first"), InstantSource.system()).close();
    return SqliteCalls.isPossible();
  }

  private Run.Verdict judged(Run run, Path folder) throws IOException {
    Path work = Files.createDirectories(folder.resolve("work"));
    DiskRecording recording = new DiskRecording(work);
    Random random = new Random(seed);
    try (SqliteCalls _ = SqliteCalls.listen(recording)) {
      run.record(work, recording, random);
    }
    List<Step> steps = recording.steps();
    out.printf("%s: %d steps recorded%n", run.name(), steps.size());
    Run.Verdict all = Run.Verdict.GOOD;
    Disk disk = new Disk();
    int applied = 0;
    for (int cut : cuts(steps, random)) {
      steps.subList(applied, cut).forEach(disk::apply);
      applied = cut;
      Path left = Files.createDirectories(folder.resolve("state"));
      disk.leave(random, left);
      Run.Verdict verdict = run.judge(left, steps.subList(0, cut));
      if (!verdict.isGood()) {
        out.printf("  %s: power lost after step %d: %s%n", run.name(), cut, verdict);
      }
      all = all.plus(verdict);
      delete(left);
    }
    return all;
  }

  /// When power is lost, ascending: half of the moments are any, half are those at which a file
  /// begins anew, of which there are few.
  private int[] cuts(List<Step> steps, Random random) {
    int[] beginnings =
        IntStream.rangeClosed(1, steps.size()).filter(it -> begins(steps.get(it - 1))).toArray();
    return IntStream.range(0, states)
        .map(
            it ->
                it % 2 == 0
                    ? random.nextInt(steps.size() + 1)
                    : beginnings[random.nextInt(beginnings.length)])
        .sorted()
        .toArray();
  }

  private static boolean begins(Step step) {
    return switch (step) {
      case Step.Write it -> it.offset() == 0;
      case Step.Cut _, Step.Remove _, Step.FlushFolder _ -> true;
      case Step.Flush _, Step.Mark _ -> false;
    };
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path it : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(it);
      }
    }
  }
}
