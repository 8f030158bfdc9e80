package io.gympulse.system.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.system.lambda.RuntimeApi.Outcome;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A function in a process of its own, which AWS's runtime client drives.
final class RunningFunction implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RuntimeApi api;
  private final Process process;

  RunningFunction(LambdaProcess function, Map<String, String> variables) throws IOException {
    this.api = RuntimeApi.start(InstantSource.system());
    this.process = function.process(api, variables).inheritIO().start();
  }

  /// @return its answer; an empty object if it has none
  JsonNode invoke(String event) throws Exception {
    Outcome outcome = api.invoke(event).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(outcome).isInstanceOf(Outcome.Answered.class);
    return JSON.readTree(((Outcome.Answered) outcome).body());
  }

  /// @return whatever became of it
  Outcome outcome(String event) throws Exception {
    return api.invoke(event).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /// @return what it was thrown for
  String refused(String event) throws Exception {
    Outcome outcome = api.invoke(event).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) outcome).body();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    api.close();
  }
}
