package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.gympulse.cloud.lambda.telemetry.Metrics;
import io.gympulse.cloud.pipeline.DeviceCountHandler;
import io.gympulse.cloud.pipeline.PipelineCounters;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// MetricCounts the device pipeline's items, each once: behind the queue that
/// [DevicePipelineFunction] fills. The queue's mapping has to ask for partial batch responses.
public final class DeviceCountFunction implements RequestStreamHandler {
  private final PipelineCounters counters = new PipelineCounters();
  private final DeviceCountHandler handler =
      PipelineComposition.counting(Composition.ofProcess(), counters);
  private final Metrics metrics = Metrics.of("device-count", () -> MetricCounts.of(counters));

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    var items = SqsJson.read(input);
    SqsJson.write(
        Invocation.run(context, metrics, () -> handler.handleRequest(items, context)), output);
  }
}
