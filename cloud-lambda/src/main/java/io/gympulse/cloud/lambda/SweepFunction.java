package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.gympulse.cloud.lambda.telemetry.Metrics;
import io.gympulse.cloud.presence.PresenceSweep;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Marks silent gateways as offline. Called each minute; the content of its event is ignored.
public final class SweepFunction implements RequestStreamHandler {
  private final PresenceSweep sweep;
  private final InstantSource clock;
  private final Metrics metrics = Metrics.of("sweep", Map::of);

  /// @throws IllegalStateException naming an environment variable that is missing
  public SweepFunction() {
    Composition composition = Composition.ofProcess();
    this.sweep = composition.sweep();
    this.clock = composition.clock();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    Invocation.run(
        context,
        metrics,
        () -> {
          sweep.sweep(clock.instant());
          return true;
        });
  }
}
