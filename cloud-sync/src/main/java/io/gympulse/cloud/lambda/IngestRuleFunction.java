package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Ingest called by a topic rule itself, for what shall not wait for a queue: the event is the
/// rule's output. What fails is thrown, so that Lambda's asynchronous invocation tries it again and
/// sends it to the function's dead-letter destination in the end.
public final class IngestRuleFunction implements RequestStreamHandler {
  private final IngestFunction ingest = IngestFunction.ofProcess();

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    String message = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    if (!ingest.take(BatchJson.single(message), context).getBatchItemFailures().isEmpty()) {
      throw new IOException("the message could not be taken in; the log says why");
    }
  }
}
