package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Ingest behind a Kinesis stream that the topic rules fill, for fleets beyond a queue. The
/// stream's mapping has to ask for partial batch responses; it begins again at the first record
/// that failed, and what is ingested twice does no harm.
public final class IngestStreamFunction implements RequestStreamHandler {
  private final IngestFunction ingest = IngestFunction.ofProcess();

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    BatchJson.write(ingest.take(BatchJson.readStream(input), context), output);
  }
}
