package io.gympulse.cloud.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import io.gympulse.cloud.state.store.CloudStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The Lambda behind a Kinesis stream that the topic rules fill, for fleets of a stream's size.
/// Each record's data is one rule's output. Records that failed are named by their sequence
/// numbers; the
/// stream delivers everything from the first of them on again, which is harmless.
///
/// The event source has to report batch item failures, to bisect batches and to bound retries, lest
/// one record holds up its shard. Safe for any number of threads.
public final class StreamIngestHandler
    implements RequestHandler<KinesisEvent, StreamsEventResponse> {
  private final Ingest ingest;

  /// @param publisher takes acknowledgements and rejections
  /// @param offlineAfter how long a gateway may be silent and still count as online
  public StreamIngestHandler(
      CloudStore store, DevicePublisher publisher, Duration offlineAfter, IngestCounters counters) {
    this.ingest = new Ingest(store, publisher, offlineAfter, counters);
  }

  @Override
  public StreamsEventResponse handleRequest(KinesisEvent event, @Nullable Context context) {
    List<Ingest.Delivery> deliveries =
        event.getRecords().stream()
            .map(KinesisEvent.KinesisEventRecord::getKinesis)
            .map(it -> new Ingest.Delivery(it.getSequenceNumber(), text(it)))
            .toList();
    Set<String> failed = ingest.take(deliveries);
    return new StreamsEventResponse(failed.stream().map(BatchItemFailure::new).toList());
  }

  private static String text(KinesisEvent.Record kinesis) {
    return StandardCharsets.UTF_8.decode(kinesis.getData().duplicate()).toString();
  }
}
