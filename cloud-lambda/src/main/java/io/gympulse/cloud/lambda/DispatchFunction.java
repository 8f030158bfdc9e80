package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.gympulse.cloud.lambda.telemetry.Metrics;
import io.gympulse.cloud.notify.DispatchHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Dispatches changes to connections, members and operators: behind the streams of the tables of
/// current states and gateways. Both mappings have to ask for partial batch responses, to bisect
/// batches and to bound retries, so that one unreadable record cannot hold up its shard.
public final class DispatchFunction implements RequestStreamHandler {
  private final DispatchComposition parts = new DispatchComposition(Composition.ofProcess());
  private final DispatchHandler handler = parts.dispatch();
  private final Metrics metrics = Metrics.of("dispatch", parts::counts);

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    var changes = TableStreamJson.read(input);
    TableStreamJson.write(
        Invocation.run(
            context,
            metrics,
            () -> parts.runAndAwait(() -> handler.handleRequest(changes, context))),
        output);
  }
}
