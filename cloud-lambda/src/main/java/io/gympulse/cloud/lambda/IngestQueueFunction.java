package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Ingest behind the queue that the topic rules fill. The queue's mapping has to ask for partial
/// batch responses.
public final class IngestQueueFunction implements RequestStreamHandler {
  private final IngestFunction ingest = IngestFunction.ofProcess();

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    BatchJson.write(ingest.take(BatchJson.readQueue(input), context), output);
  }
}
