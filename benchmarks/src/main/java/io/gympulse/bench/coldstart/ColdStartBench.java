package io.gympulse.bench.coldstart;

import io.gympulse.bench.coldstart.Trials.Start;
import io.gympulse.bench.dynamo.LocalDynamoDb;
import io.gympulse.system.lambda.LambdaProcess;
import io.gympulse.system.process.Launcher;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// From the start of the ingest function's JVM to the answers of its store and of itself, for one
/// live event: the package as it is uploaded, AWS's runtime client, this machine's runtime API,
/// DynamoDB Local as a warm process of its own. Beside it the limits: a function on the same SDK
/// that does nothing but to write twice, and a JVM that does nothing. The rounds of all take turns,
/// so that what else the machine does meets them alike.
@Command(
    name = "coldstart",
    mixinStandardHelpOptions = true,
    description = "from the start of a function's JVM to its second write")
public final class ColdStartBench implements Callable<Integer> {
  private static final String FUNCTION = "io.gympulse.cloud.lambda.IngestQueueFunction";
  private static final String CACHE = "function.aot";
  private static final String WITH_CACHE = "-XX:AOTCache=" + CACHE;
  // So many that the store's own code is compiled.
  private static final int WARM_UP = 500;
  // A first event, and what is different when the machine and its gateway are known.
  private static final int TRAINING = 5;

  @Option(
      names = "--rounds",
      defaultValue = "15",
      description = "of which the median is told (default: 15)")
  private int rounds;

  @Option(
      names = "--java-options",
      defaultValue = "",
      description = "further options of the function's JVM, for whoever looks closer")
  private String more = "";

  private final PrintStream out = System.out;

  private record Row(String name, Trials trials, String options, List<Start> starts) {
    static Row of(String name, Trials trials, String options) {
      return new Row(name, trials, options, new ArrayList<>());
    }

    void again() {
      starts.add(trials.run(options));
    }

    double median(ToDoubleFunction<Start> figure) {
      return ColdStartBench.median(starts.stream().map(figure::applyAsDouble));
    }
  }

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("gympulse-coldstart");
    Path zip = packaged();
    try (LocalDynamoDb store = LocalDynamoDb.start(folder);
        StoreRelay relay = new StoreRelay(store.endpoint());
        IotDataPlane broker = new IotDataPlane()) {
      OneGym gym = OneGym.registeredIn(store);
      Path task = Files.createDirectory(folder.resolve("task"));
      Path peer = Files.createDirectory(folder.resolve("peer"));
      LambdaProcess function = LambdaProcess.ofPackage(task, zip, FUNCTION);
      LambdaProcess twoPuts = LambdaProcess.ofPackage(peer, zip, TwoPuts.class.getName());
      ClassJar.write(peer.resolve("lib").resolve("peer.jar"), List.of(TwoPuts.class));
      Path log = folder.resolve("function.log");
      Trials ingest = new Trials(function, relay, broker, gym, log, more);
      Trials sdk = new Trials(twoPuts, relay, broker, gym, log, more);
      BareJvm bare = new BareJvm(Files.createDirectory(folder.resolve("bare")));

      ingest.run("-Xshare:auto", WARM_UP);
      ingest.run("-XX:AOTCacheOutput=" + CACHE, TRAINING);
      sdk.run("-XX:AOTCacheOutput=" + CACHE, TRAINING);
      out.printf(
          "package: %.1f MB; AOT cache: %.1f MB, made by %d invocations; one live event,"
              + " DynamoDB Local%n",
          Files.size(zip) / 1e6, Files.size(task.resolve(CACHE)) / 1e6, TRAINING);
      measure(ingest, sdk, bare);
    }
    return 0;
  }

  private void measure(Trials ingest, Trials sdk, BareJvm bare) throws IOException {
    List<Row> rows =
        List.of(
            Row.of("class data sharing off", ingest, "-Xshare:off"),
            Row.of("plain", ingest, "-Xshare:auto"),
            Row.of("AOT cache", ingest, WITH_CACHE),
            Row.of("the SDK alone, two puts, AOT cache", sdk, WITH_CACHE));
    List<Double> bareMillis = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      rows.forEach(Row::again);
      bareMillis.add(bare.millis());
    }
    out.printf(
        "%-36s %10s %10s %10s %10s %10s%n",
        "ms, median", "1st write", "2nd write", "of it store", "answer", "processor");
    rows.forEach(this::print);
    double nothing = median(bareMillis.stream());
    out.printf("%-36s %10s %10s %10s %10.0f%n", "a JVM alone, AOT cache", "", "", "", nothing);
    out.printf(
        "bench coldstart: plain_ms=%.0f aot_ms=%.0f sdk_ms=%.0f jvm_ms=%.0f%n",
        rows.get(1).median(Start::second),
        rows.get(2).median(Start::second),
        rows.get(3).median(Start::second),
        nothing);
  }

  private void print(Row row) {
    out.printf(
        "%-36s %10.0f %10.0f %10.0f %10.0f %10.0f%n",
        row.name(),
        row.median(Start::first),
        row.median(Start::second),
        row.median(Start::waited),
        row.median(Start::answered),
        row.median(Start::processor));
  }

  private static double median(Stream<Double> values) {
    List<Double> sorted = values.sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static Path packaged() throws IOException {
    try (Stream<Path> built =
        Files.list(Launcher.current().home().resolve("cloud-lambda").resolve("target"))) {
      return built
          .filter(it -> it.getFileName().toString().endsWith("-ingest.zip"))
          .findFirst()
          .orElseThrow(() -> new IOException("no package of ingest in cloud-lambda/target"));
    }
  }
}
