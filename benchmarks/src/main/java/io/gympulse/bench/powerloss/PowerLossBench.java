package io.gympulse.bench.powerloss;

import io.gympulse.bench.powerloss.DiskRecording.Step;
import io.gympulse.edge.outbox.SqliteOutbox;
import io.gympulse.system.environment.Folders;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Records SQLite's writes and flushes while an outbox and a cloud's store are used, rebuilds
/// possible states of the disk after a loss of power, and opens the real stores on each: no
/// guarantee may be broken, and no healthy file may be treated as damaged. Linux only.
@Command(
    name = "powerloss",
    mixinStandardHelpOptions = true,
    description = "losses of outbox and cloud store in states of the disk after a loss of power")
public final class PowerLossBench implements Callable<Integer> {
  @Option(
      names = "--states",
      defaultValue = "500",
      description = "states of each store (default: 500)")
  private int states = 500;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "seed of workloads and losses (default: 1)")
  private long seed = 1;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("gympulse-powerloss").toRealPath();
    Workload.Verdict all = Workload.Verdict.GOOD;
    try {
      if (!isPossible(folder)) {
        System.err.println("error: SQLite's calls can be recorded on Linux only");
        return 2;
      }
      for (Workload workload : List.of(new OutboxWorkload(), new CloudStoreWorkload())) {
        all = all.plus(verify(workload, Files.createDirectories(folder.resolve(workload.name()))));
      }
    } finally {
      Folders.delete(folder);
    }
    out.printf(
        "bench powerloss: states=%d lost=%d set_aside=%d refused=%d%n",
        2 * states, all.lost(), all.setAside(), all.refused());
    return all.isGood() ? 0 : 1;
  }

  /// Loads SQLite first.
  private static boolean isPossible(Path folder) {
    SqliteOutbox.open(folder.resolve("first"), InstantSource.system()).close();
    return SqliteSyscalls.isPossible();
  }

  private Workload.Verdict verify(Workload workload, Path folder) throws IOException {
    Path work = Files.createDirectories(folder.resolve("work"));
    DiskRecording recording = new DiskRecording(work);
    Random random = new Random(seed);
    try (SqliteSyscalls _ = SqliteSyscalls.listen(recording)) {
      workload.record(work, recording, random);
    }
    List<Step> steps = recording.steps();
    out.printf("%s: %d steps recorded%n", workload.name(), steps.size());
    Workload.Verdict all = Workload.Verdict.GOOD;
    SimulatedDisk disk = new SimulatedDisk();
    int applied = 0;
    for (int cut : cuts(steps, random)) {
      steps.subList(applied, cut).forEach(disk::apply);
      applied = cut;
      Path left = Files.createDirectories(folder.resolve("state"));
      disk.writeState(random, left);
      Workload.Verdict verdict = workload.verify(left, steps.subList(0, cut));
      if (!verdict.isGood()) {
        out.printf("  %s: power lost after step %d: %s%n", workload.name(), cut, verdict);
      }
      all = all.plus(verdict);
      Folders.delete(left);
    }
    return all;
  }

  /// The steps after which power is lost, ascending: half are random, half are among the few at
  /// which a file starts to be written.
  private int[] cuts(List<Step> steps, Random random) {
    int[] beginnings =
        IntStream.rangeClosed(1, steps.size())
            .filter(it -> isFileStart(steps.get(it - 1)))
            .toArray();
    return IntStream.range(0, states)
        .map(
            it ->
                it % 2 == 0
                    ? random.nextInt(steps.size() + 1)
                    : beginnings[random.nextInt(beginnings.length)])
        .sorted()
        .toArray();
  }

  private static boolean isFileStart(Step step) {
    return switch (step) {
      case Step.Write it -> it.offset() == 0;
      case Step.Truncate _, Step.Remove _, Step.FlushFolder _ -> true;
      case Step.Flush _, Step.Mark _ -> false;
    };
  }
}
