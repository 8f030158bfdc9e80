package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.gympulse.cloud.broadcast.StreamHandler;
import io.gympulse.cloud.lambda.telemetry.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Manages connections and their subscriptions: behind the routes `$connect`, `$disconnect`,
/// `subscribe` and `$default` of a WebSocket API, which has to send the responses of the latter two
/// back to the client (route responses).
public final class WebSocketFunction implements RequestStreamHandler {
  private final StreamHandler handler = Composition.ofProcess().stream();
  private final Metrics metrics =
      Metrics.of("websocket", () -> Map.of("rejected", handler.rejected()));

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    var event = WebSocketApiJson.read(input);
    WebSocketApiJson.write(
        Invocation.run(context, metrics, () -> handler.handleRequest(event, context)), output);
  }
}
