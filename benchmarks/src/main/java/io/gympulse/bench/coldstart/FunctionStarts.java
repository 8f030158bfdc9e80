package io.gympulse.bench.coldstart;

import io.gympulse.bench.dynamo.LocalDynamoDb;
import io.gympulse.system.lambda.LambdaProcess;
import io.gympulse.system.lambda.RuntimeApi;
import io.gympulse.system.lambda.RuntimeApi.Outcome;
import io.gympulse.system.process.ProcessFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Starts a function's process for each measurement.
///
/// @param log the function's output is appended to it
/// @param javaOptions additional options of the function's JVM
record FunctionStarts(
    LambdaProcess function,
    DynamoDbProxy proxy,
    FakeIotDataPlane broker,
    IngestEventSource events,
    Path log,
    String javaOptions) {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /// Milliseconds since the start of the process.
  ///
  /// @param first the first write to the store
  /// @param second the second write to the store
  /// @param answered the function's response, after its acknowledgement was published
  /// @param waited the time up to the second write in which the store processed calls
  /// @param processor the processor time of all threads up to the response
  record Start(double first, double second, double answered, double waited, double processor) {}

  /// Starts the function and invokes it once.
  Start run(String options) {
    return run(options, 1);
  }

  /// Starts the function and invokes it `count` times, one after the other.
  Start run(String options, int count) {
    try (RuntimeApi api = RuntimeApi.start(InstantSource.system())) {
      CompletableFuture<Outcome> outcome = api.invoke(events.next());
      proxy.takeCalls();
      ProcessBuilder builder = function.process(api, variables(options));
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      long start = System.nanoTime();
      Process process = builder.start();
      try {
        requireAnswered(outcome);
        long answered = System.nanoTime();
        Start measured = measure(process, start, answered);
        for (int i = 1; i < count; i++) {
          requireAnswered(api.invoke(events.next()));
        }
        return measured;
      } finally {
        end(process);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new ProcessFailedException("the function did not respond; see %s".formatted(log));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProcessFailedException("interrupted");
    }
  }

  private Start measure(Process process, long start, long answered) {
    double processor =
        process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L).doubleValue();
    List<DynamoDbProxy.Call> calls = proxy.takeCalls();
    List<DynamoDbProxy.Call> writes = calls.stream().filter(DynamoDbProxy.Call::isWrite).toList();
    long second = writes.get(1).doneAt();
    double waited =
        calls.stream()
            .filter(it -> it.doneAt() <= second)
            .mapToDouble(it -> millis(it.startedAt(), it.doneAt()))
            .sum();
    return new Start(
        millis(start, writes.getFirst().doneAt()),
        millis(start, second),
        millis(start, answered),
        waited,
        processor);
  }

  private Map<String, String> variables(String options) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("GYM_PULSE_JAVA_OPTIONS", options + " " + javaOptions);
    variables.put("GYM_PULSE_TABLE_PREFIX", IngestEventSource.TABLE_PREFIX);
    variables.put("GYM_PULSE_IOT_ENDPOINT", broker.url());
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", proxy.url());
    variables.put("AWS_REGION", LocalDynamoDb.REGION);
    variables.put("AWS_ACCESS_KEY_ID", LocalDynamoDb.KEY);
    variables.put("AWS_SECRET_ACCESS_KEY", LocalDynamoDb.KEY);
    return variables;
  }

  /// Sends SIGTERM, on which a JVM that creates an AOT cache writes it.
  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private static void requireAnswered(CompletableFuture<Outcome> outcome)
      throws InterruptedException, ExecutionException, TimeoutException {
    switch (outcome.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
      case Outcome.Success it -> {
        if (!it.body().equals("{\"batchItemFailures\":[]}")) {
          throw new ProcessFailedException("the function responded %s".formatted(it.body()));
        }
      }
      case Outcome.Failure it ->
          throw new ProcessFailedException("the function failed: %s".formatted(it.body()));
    }
  }

  private static double millis(long from, long to) {
    return (to - from) / 1e6;
  }
}
