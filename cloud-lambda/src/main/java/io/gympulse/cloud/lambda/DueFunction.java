package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.gympulse.cloud.lambda.telemetry.Metrics;
import io.gympulse.cloud.notify.ScheduledTaskHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Runs scheduled tasks: ends of quiet hours, retries of deliveries, notifications of incidents.
/// Called each minute; the content of its event is ignored.
public final class DueFunction implements RequestStreamHandler {
  private final DispatchComposition parts = new DispatchComposition(Composition.ofProcess());
  private final ScheduledTaskHandler handler = parts.due();
  private final Metrics metrics = Metrics.of("due", parts::counts);

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    Invocation.run(
        context,
        metrics,
        () ->
            parts.runAndAwait(
                () -> {
                  handler.handleRequest(new ScheduledEvent(), context);
                  return true;
                }));
  }
}
