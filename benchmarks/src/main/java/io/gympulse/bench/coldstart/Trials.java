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

/// Starts a function anew for each trial.
///
/// @param log takes what the function prints
/// @param more further options of the function's JVM
record Trials(
    LambdaProcess function,
    StoreRelay relay,
    IotDataPlane broker,
    OneGym gym,
    Path log,
    String more) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// Milliseconds since the process was started.
  ///
  /// @param first the first write to the store; so for the second
  /// @param answered the function's own answer, after its acknowledgement was published
  /// @param waited of the time until the second write, how long the store took for its answers
  /// @param processor the processor's time until the function's answer, of all its threads
  record Start(double first, double second, double answered, double waited, double processor) {}

  /// A start with one event.
  Start run(String options) {
    return run(options, 1);
  }

  /// A start with one event, and more of them afterwards, one after the other.
  Start run(String options, int events) {
    try (RuntimeApi api = RuntimeApi.start(InstantSource.system())) {
      CompletableFuture<Outcome> outcome = api.invoke(gym.event());
      relay.take();
      ProcessBuilder builder = function.process(api, variables(options));
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      long start = System.nanoTime();
      Process process = builder.start();
      try {
        requireAnswered(outcome);
        long answered = System.nanoTime();
        Start measured = measured(process, start, answered);
        for (int i = 1; i < events; i++) {
          requireAnswered(api.invoke(gym.event()));
        }
        return measured;
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

  private Start measured(Process process, long start, long answered) {
    double processor =
        process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L).doubleValue();
    List<StoreRelay.Call> calls = relay.take();
    List<StoreRelay.Call> writes = calls.stream().filter(StoreRelay.Call::writes).toList();
    long second = writes.get(1).doneAt();
    double waited =
        calls.stream()
            .filter(it -> it.doneAt() <= second)
            .mapToDouble(it -> millis(it.beganAt(), it.doneAt()))
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

  private static void requireAnswered(CompletableFuture<Outcome> outcome)
      throws InterruptedException, ExecutionException, TimeoutException {
    switch (outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      case Outcome.Success it -> {
        if (!it.body().equals("{\"batchItemFailures\":[]}")) {
          throw new ProcessFailedException("the function answered %s".formatted(it.body()));
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
