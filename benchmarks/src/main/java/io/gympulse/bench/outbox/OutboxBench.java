package io.gympulse.bench.outbox;

import io.gympulse.edge.outbox.FileSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures an event's life in the outbox, beside Greengrass's DiskSpooler and a bare loop of
/// inserts. Each trial is a process of its own, run like a gateway; rates are medians of rounds
/// that alternate, as other load on the machine comes and goes.
@Command(
    name = "outbox",
    mixinStandardHelpOptions = true,
    description = "events made durable a second, and what an event's life costs the disk")
public final class OutboxBench implements Callable<Integer> {
  private static final String[] SETTINGS = {
    "512/1000/1000",
    "1024/1000/1000",
    "2048/1000/1000",
    "4096/1000/1000",
    "1024/100/1000",
    "1024/4000/1000",
    "1024/1000/1",
    "1024/1000/100",
    "1024/1000/10000"
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
      description = "where to write (default: a new one for temporary files)")
  private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(
      names = "--matrix",
      description = "measure page sizes, steps of carrying over and steps of removal instead")
  private boolean matrix;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (matrix) {
      return compareSettings();
    }
    List<Figures> outbox = new ArrayList<>();
    List<Figures> bare = new ArrayList<>();
    List<Figures> batched = new ArrayList<>();
    List<Figures> spooler = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      outbox.add(run(Plan.Kind.OUTBOX_BURST, burst, FileSettings.DEFAULT));
      bare.add(run(Plan.Kind.BARE_BURST, burst, FileSettings.DEFAULT));
      batched.add(run(Plan.Kind.BATCHED_BURST, burst, FileSettings.DEFAULT));
      spooler.add(run(Plan.Kind.SPOOLER, spooled, FileSettings.DEFAULT));
    }
    Figures sparsely = run(Plan.Kind.OUTBOX_SPARSE, sparse, FileSettings.DEFAULT);
    out.printf("%-38s %12s %14s %14s%n", "", "durable/s", "bytes/event", "block bytes");
    row("DiskSpooler's SQL (peer)", median(spooler, "per_second"), spooler.getFirst());
    row("bare inserts, row by row (limit)", median(bare, "per_second"), Figures.none());
    row("bare inserts, in JDBC batches", median(batched, "per_second"), Figures.none());
    row("outbox, burst", median(outbox, "per_second"), outbox.getFirst());
    row("outbox, one event a commit", Double.NaN, sparsely);
    report(outbox, bare, spooler, sparsely);
    return 0;
  }

  private void report(
      List<Figures> outbox, List<Figures> bare, List<Figures> spooler, Figures sparsely) {
    double burstRate = median(outbox, "per_second");
    double limitRate = median(bare, "per_second");
    double peerRate = median(spooler, "per_second");
    out.println("bytes: handed to write calls in an event's whole life; block bytes: page cache");
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

  private void row(String name, double rate, Figures figures) {
    boolean written = figures.values().containsKey("bytes");
    out.printf(
        "%-38s %12s %14s %14s%n",
        name,
        Double.isNaN(rate) ? "" : Figures.rounded(rate),
        written ? Figures.rounded(figures.get("bytes")) : "",
        written ? Figures.rounded(figures.get("block_bytes")) : "");
  }

  private int compareSettings() throws IOException, InterruptedException {
    out.printf(
        "%-22s %12s %12s %12s %12s %12s %12s%n",
        "page/carried/removed",
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
      List<Figures> bursts = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        bursts.add(run(Plan.Kind.OUTBOX_BURST, burst, file));
      }
      Figures sparsely = run(Plan.Kind.OUTBOX_SPARSE, sparse, file);
      out.printf(
          "%-22s %12s %12s %12s %12s %12s %12s%n",
          text,
          Figures.rounded(median(bursts, "per_second")),
          Figures.rounded(median(bursts, "bytes")),
          Figures.rounded(median(bursts, "flushes")),
          Figures.rounded(sparsely.get("bytes")),
          Figures.rounded(sparsely.get("block_bytes")),
          Figures.rounded(sparsely.get("flushes")));
    }
    return 0;
  }

  private Figures run(Plan.Kind kind, int events, FileSettings file)
      throws IOException, InterruptedException {
    Path own = Files.createTempDirectory(folder, "gympulse-outbox");
    Figures figures = TrialProcess.run(new Plan(kind, own, events, file));
    try (var files = Files.walk(own)) {
      for (Path it : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(it);
      }
    }
    return figures;
  }

  private static double median(List<Figures> figures, String key) {
    List<Double> sorted = figures.stream().map(it -> it.get(key)).sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
