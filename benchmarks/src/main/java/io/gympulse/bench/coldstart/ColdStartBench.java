package io.gympulse.bench.coldstart;

import io.gympulse.bench.dynamo.LocalDynamoDb;
import io.gympulse.system.lambda.LambdaProcess;
import io.gympulse.system.lambda.RuntimeApi;
import io.gympulse.system.lambda.RuntimeApi.Outcome;
import io.gympulse.system.process.Launcher;
import io.gympulse.system.process.ProcessFailedException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// From the start of the ingest function's JVM to the answers of its store and of itself, for one
/// live event: the package as it is uploaded, AWS's runtime client, this machine's runtime API,
/// DynamoDB Local as a warm process of its own.
@Command(
    name = "coldstart",
    mixinStandardHelpOptions = true,
    description = "from the start of a function's JVM to its second write")
public final class ColdStartBench implements Callable<Integer> {
  private static final String FUNCTION = "io.gympulse.cloud.lambda.IngestQueueFunction";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CACHE = "gym-pulse.aot";

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

  /// Milliseconds since the process was started.
  ///
  /// @param first the first write to the store; so for the second
  /// @param answered the function's own answer, after its acknowledgement was published
  private record Start(double first, double second, double answered) {}

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("gympulse-coldstart");
    try (LocalDynamoDb store = LocalDynamoDb.start(folder);
        StoreRelay relay = new StoreRelay(store.endpoint());
        IotDataPlane broker = new IotDataPlane()) {
      OneGym gym = OneGym.registeredIn(store);
      Path zip = packaged();
      LambdaProcess function =
          LambdaProcess.ofPackage(Files.createDirectory(folder.resolve("task")), zip, FUNCTION);
      out.printf("package: %.1f MB; one live event, DynamoDB Local%n", Files.size(zip) / 1e6);
      Trials trials =
          new Trials(function, relay, broker, gym, folder.resolve("function.log"), more);
      trials.run("-XX:AOTCacheOutput=" + CACHE);
      out.printf(
          "AOT cache: %.1f MB, made by one invocation%n",
          Files.size(function.folder().resolve(CACHE)) / 1e6);
      out.printf("%-36s %10s %10s %10s%n", "ms, median", "1st write", "2nd write", "answer");
      row(trials, "class data sharing off", "-Xshare:off");
      double plain = row(trials, "plain", "-Xshare:auto");
      double cached = row(trials, "AOT cache", "-XX:AOTCache=" + CACHE);
      out.printf("bench coldstart: plain_ms=%.0f aot_ms=%.0f%n", plain, cached);
    }
    return 0;
  }

  private double row(Trials trials, String name, String options) {
    List<Start> starts = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      starts.add(trials.run(options));
    }
    double second = median(starts.stream().map(Start::second));
    out.printf(
        "%-36s %10.0f %10.0f %10.0f%n",
        name,
        median(starts.stream().map(Start::first)),
        second,
        median(starts.stream().map(Start::answered)));
    return second;
  }

  private static double median(Stream<Double> values) {
    List<Double> sorted = values.sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static Path packaged() throws IOException {
    try (Stream<Path> built =
        Files.list(Launcher.current().home().resolve("cloud-sync").resolve("target"))) {
      return built
          .filter(it -> it.getFileName().toString().endsWith("-lambda.zip"))
          .findFirst()
          .orElseThrow(() -> new IOException("no package of the functions in cloud-sync/target"));
    }
  }

  /// Starts the function anew for each trial.
  private record Trials(
      LambdaProcess function,
      StoreRelay relay,
      IotDataPlane broker,
      OneGym gym,
      Path log,
      String more) {

    Start run(String options) {
      try (RuntimeApi api = RuntimeApi.start(InstantSource.system())) {
        var outcome = api.invoke(gym.event());
        relay.take();
        ProcessBuilder builder = function.process(api, variables(options));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        long start = System.nanoTime();
        Process process = builder.start();
        try {
          requireAnswered(outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
          long answered = System.nanoTime();
          List<Long> writes =
              relay.take().stream()
                  .filter(StoreRelay.Call::writes)
                  .map(StoreRelay.Call::doneAt)
                  .toList();
          return new Start(
              millis(start, writes.get(0)), millis(start, writes.get(1)), millis(start, answered));
        } finally {
          end(process);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (ExecutionException | TimeoutException e) {
        throw new ProcessFailedException("the function did not answer; see %s".formatted(log));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ProcessFailedException("interrupted");
      }
    }

    private Map<String, String> variables(String options) {
      Map<String, String> variables = new LinkedHashMap<>();
      variables.put("GYM_PULSE_JAVA_OPTIONS", options + " " + more);
      variables.put("GYM_PULSE_TABLE_PREFIX", OneGym.TABLE_PREFIX);
      variables.put("GYM_PULSE_IOT_ENDPOINT", broker.url());
      variables.put("AWS_ENDPOINT_URL_DYNAMODB", relay.url());
      variables.put("AWS_REGION", LocalDynamoDb.REGION);
      variables.put("AWS_ACCESS_KEY_ID", LocalDynamoDb.KEY);
      variables.put("AWS_SECRET_ACCESS_KEY", LocalDynamoDb.KEY);
      return variables;
    }

    /// SIGTERM, so that a JVM that makes a cache writes it.
    private static void end(Process process) throws InterruptedException {
      process.destroy();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }

    private static void requireAnswered(Outcome outcome) {
      switch (outcome) {
        case Outcome.Answered it -> {
          if (!it.body().equals("{\"batchItemFailures\":[]}")) {
            throw new ProcessFailedException("the function answered %s".formatted(it.body()));
          }
        }
        case Outcome.Failed it ->
            throw new ProcessFailedException("the function failed: %s".formatted(it.body()));
      }
    }

    private static double millis(long from, long to) {
      return (to - from) / 1e6;
    }
  }
}
