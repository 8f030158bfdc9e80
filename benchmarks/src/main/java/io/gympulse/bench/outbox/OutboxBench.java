package io.gympulse.bench.outbox;

import io.gympulse.edge.outbox.OutboxSettings.FileSettings;
import io.gympulse.system.environment.Folders;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures an event's lifecycle in the outbox, beside Greengrass's DiskSpooler and a loop of
/// inserts by JDBC. Each trial is a process of its own, with a gateway's JVM options; rates are
/// medians of alternating rounds, so that other load affects all equally.
@Command(
    name = "outbox",
    mixinStandardHelpOptions = true,
    description = "events made durable per second, and bytes and flushes per event")
public final class OutboxBench implements Callable<Integer> {
  private static final String[] SETTINGS = {
    "512/4000/1000",
    "1024/4000/1000",
    "2048/4000/1000",
    "4096/4000/1000",
    "512/250/1000",
    "512/1000/1000",
    "512/4000/1",
    "512/4000/100",
    "512/4000/10000"
  };

  @Option(names = "--rounds", defaultValue = "5", description = "rounds (default: 5)")
  private int rounds;

  @Option(names = "--burst", defaultValue = "100000", description = "events (default: 100000)")
  private int burst;

  @Option(names = "--sparse", defaultValue = "5000", description = "events (default: 5000)")
  private int sparse;

  @Option(names = "--spooled", defaultValue = "500", description = "messages (default: 500)")
  private int spooled;

  @Option(
      names = "--folder",
      description = "parent folder of the files (default: that for temporary files)")
  private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--matrix",
      description = "measure page sizes, checkpoint sizes and deletion batch sizes instead")
  private boolean matrix;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (matrix) {
      return compareSettings();
    }
    List<TrialFigures> outbox = new ArrayList<>();
    List<TrialFigures> bare = new ArrayList<>();
    List<TrialFigures> batched = new ArrayList<>();
    List<TrialFigures> spooler = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      outbox.add(run(Trial.Kind.OUTBOX_BURST, burst, FileSettings.DEFAULT));
      bare.add(run(Trial.Kind.BARE_BURST, burst, FileSettings.DEFAULT));
      batched.add(run(Trial.Kind.BATCHED_BURST, burst, FileSettings.DEFAULT));
      spooler.add(run(Trial.Kind.SPOOLER, spooled, FileSettings.DEFAULT));
    }
    TrialFigures sparsely = run(Trial.Kind.OUTBOX_SPARSE, sparse, FileSettings.DEFAULT);
    out.printf("%-38s %12s %14s %14s%n", "", "durable/s", "bytes/event", "block bytes");
    row("DiskSpooler's SQL (peer)", median(spooler, "per_second"), spooler.getFirst());
    row("bare inserts, row by row (limit)", median(bare, "per_second"), TrialFigures.none());
    row("bare inserts, in JDBC batches", median(batched, "per_second"), TrialFigures.none());
    row("outbox, burst", median(outbox, "per_second"), outbox.getFirst());
    row("outbox, one event a commit", Double.NaN, sparsely);
    report(outbox, bare, spooler, sparsely);
    return 0;
  }

  private void report(
      List<TrialFigures> outbox,
      List<TrialFigures> bare,
      List<TrialFigures> spooler,
      TrialFigures sparsely) {
    double burstRate = median(outbox, "per_second");
    double limitRate = median(bare, "per_second");
    double peerRate = median(spooler, "per_second");
    out.println("bytes: passed to write calls in an event's lifecycle; block bytes: page cache");
    out.println("made dirty, in pages of 4096; medians of %d rounds".formatted(rounds));
    out.printf(
        "bench outbox: burst_ratio=%.1f limit_ratio=%.2f fsync_per_event=%.4f"
            + " bytes_per_event=%.0f sparse_bytes_per_event=%.0f%n",
        burstRate / peerRate,
        burstRate / limitRate,
        median(outbox, "flushes"),
        median(outbox, "bytes"),
        sparsely.get("bytes"));
  }

  private void row(String name, double rate, TrialFigures figures) {
    boolean written = figures.values().containsKey("bytes");
    out.printf(
        "%-38s %12s %14s %14s%n",
        name,
        Double.isNaN(rate) ? "" : TrialFigures.rounded(rate),
        written ? TrialFigures.rounded(figures.get("bytes")) : "",
        written ? TrialFigures.rounded(figures.get("block_bytes")) : "");
  }

  private int compareSettings() throws IOException, InterruptedException {
    out.printf(
        "%-22s %12s %12s %12s %12s %12s %12s%n",
        "page/checkpoint/delete",
        "durable/s",
        "bytes",
        "fsyncs",
        "sparse bytes",
        "block bytes",
        "fsyncs");
    for (String text : SETTINGS) {
      String[] parts = text.split("/", 3);
      FileSettings file =
          new FileSettings(
              Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
      List<TrialFigures> bursts = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        bursts.add(run(Trial.Kind.OUTBOX_BURST, burst, file));
      }
      TrialFigures sparsely = run(Trial.Kind.OUTBOX_SPARSE, sparse, file);
      out.printf(
          "%-22s %12s %12s %12s %12s %12s %12s%n",
          text,
          TrialFigures.rounded(median(bursts, "per_second")),
          TrialFigures.rounded(median(bursts, "bytes")),
          TrialFigures.rounded(median(bursts, "flushes")),
          TrialFigures.rounded(sparsely.get("bytes")),
          TrialFigures.rounded(sparsely.get("block_bytes")),
          TrialFigures.rounded(sparsely.get("flushes")));
    }
    return 0;
  }

  private TrialFigures run(Trial.Kind kind, int events, FileSettings file)
      throws IOException, InterruptedException {
    Path own = Files.createTempDirectory(folder, "gympulse-outbox");
    TrialFigures figures = new Trial(kind, own, events, file).run();
    Folders.delete(own);
    return figures;
  }

  private static double median(List<TrialFigures> figures, String key) {
    List<Double> sorted = figures.stream().map(it -> it.get(key)).sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
