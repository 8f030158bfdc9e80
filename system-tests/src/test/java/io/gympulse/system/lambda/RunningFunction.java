package io.gympulse.system.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.system.lambda.RuntimeApi.Outcome;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A function in a process driven by AWS's runtime client.
final class RunningFunction implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RuntimeApi api;
  private final Process process;

  RunningFunction(LambdaProcess function, Map<String, String> variables) throws IOException {
    this.api = RuntimeApi.start(InstantSource.system());
    this.process = function.process(api, variables).inheritIO().start();
  }

  /// @return the response
  JsonNode invoke(String event) throws Exception {
    Outcome outcome = api.invoke(event).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    assertThat(outcome).isInstanceOf(Outcome.Success.class);
    return JSON.readTree(((Outcome.Success) outcome).body());
  }

  /// @return success or failure
  Outcome outcome(String event) throws Exception {
    return api.invoke(event).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  /// @return the error report
  String failure(String event) throws Exception {
    Outcome outcome = api.invoke(event).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    assertThat(outcome).isInstanceOf(Outcome.Failure.class);
    return ((Outcome.Failure) outcome).body();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    api.close();
  }
}
