package io.gympulse.bench.coldstart;

import io.gympulse.bench.coldstart.FunctionStarts.Start;
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

/// Measures the time from the start of the ingest function's JVM to its writes and its response,
/// for one live event: the deployment package, AWS's runtime client, a local runtime API, a warm
/// DynamoDB Local. Beside it the lower bounds: a function on the same SDK that only writes twice,
/// and an empty JVM. The rounds of all alternate, so that other load affects them equally.
@Command(
    name = "coldstart",
    mixinStandardHelpOptions = true,
    description = "from the start of a function's JVM to its second write")
public final class ColdStartBench implements Callable<Integer> {
  private static final String FUNCTION = "io.gympulse.cloud.lambda.IngestQueueFunction";
  private static final String CACHE = "function.aot";
  private static final String WITH_CACHE = "-XX:AOTCache=" + CACHE;
  // Enough for the JIT compilation of DynamoDB Local.
  private static final int WARM_UP = 500;
  // The first event and later ones take different code paths.
  private static final int TRAINING = 5;

  @Option(
      names = "--rounds",
      defaultValue = "15",
      description = "rounds, of which the median is printed (default: 15)")
  private int rounds;

  @Option(
      names = "--java-options",
      defaultValue = "",
      description = "additional options of the function's JVM")
  private String javaOptions = "";

  private final PrintStream out = System.out;

  private record Row(String name, FunctionStarts function, String options, List<Start> starts) {
    static Row of(String name, FunctionStarts function, String options) {
      return new Row(name, function, options, new ArrayList<>());
    }

    void measure() {
      starts.add(function.run(options));
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
        DynamoDbProxy proxy = new DynamoDbProxy(store.endpoint());
        FakeIotDataPlane broker = new FakeIotDataPlane()) {
      IngestEventSource events = IngestEventSource.register(store);
      Path task = Files.createDirectory(folder.resolve("task"));
      Path peer = Files.createDirectory(folder.resolve("peer"));
      LambdaProcess function = LambdaProcess.ofPackage(task, zip, FUNCTION);
      LambdaProcess twoPuts = LambdaProcess.ofPackage(peer, zip, TwoPutsFunction.class.getName());
      ClassJar.write(peer.resolve("lib").resolve("peer.jar"), List.of(TwoPutsFunction.class));
      Path log = folder.resolve("function.log");
      FunctionStarts ingest = new FunctionStarts(function, proxy, broker, events, log, javaOptions);
      FunctionStarts sdk = new FunctionStarts(twoPuts, proxy, broker, events, log, javaOptions);
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

  private void measure(FunctionStarts ingest, FunctionStarts sdk, BareJvm bare) throws IOException {
    List<Row> rows =
        List.of(
            Row.of("class data sharing off", ingest, "-Xshare:off"),
            Row.of("plain", ingest, "-Xshare:auto"),
            Row.of("AOT cache", ingest, WITH_CACHE),
            Row.of("the SDK alone, two puts, AOT cache", sdk, WITH_CACHE));
    List<Double> bareMillis = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      rows.forEach(Row::measure);
      bareMillis.add(bare.measureMillis());
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
