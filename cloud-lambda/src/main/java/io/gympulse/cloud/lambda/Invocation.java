package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import io.gympulse.cloud.lambda.telemetry.Metrics;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// Wraps a function's handler: adds the request id to log lines, and writes metrics at the end,
/// also after a failure.
final class Invocation {
  private static final String REQUEST_ID = "requestId";

  private Invocation() {}

  /// A handler with its event.
  interface Work<T extends @Nullable Object> {
    T run() throws IOException;
  }

  static <T extends @Nullable Object> T run(
      @Nullable Context context, Metrics metrics, Work<T> work) throws IOException {
    if (context != null) {
      MDC.put(REQUEST_ID, context.getAwsRequestId());
    }
    try {
      return work.run();
    } finally {
      metrics.flush();
      MDC.remove(REQUEST_ID);
    }
  }
}
