package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.gympulse.cloud.dispatch.DueHandler;
import io.gympulse.cloud.lambda.telemetry.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Does what time has brought: ends of quiet hours, deliveries to be repeated, incidents to be
/// told, connections that ended unnoticed. Called each minute; its event says nothing.
public final class DueFunction implements RequestStreamHandler {
  private final DispatchComposition parts = new DispatchComposition(Composition.ofProcess());
  private final DueHandler handler = parts.due();
  private final Metrics metrics = Metrics.of("due", parts::counts);

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    Invocation.run(
        context,
        metrics,
        () ->
            parts.settled(
                () -> {
                  handler.handleRequest(new ScheduledEvent(), context);
                  return true;
                }));
  }
}
