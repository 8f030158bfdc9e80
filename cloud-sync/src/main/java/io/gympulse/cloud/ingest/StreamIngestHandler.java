package io.gympulse.cloud.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisTimeWindowEvent;
import com.amazonaws.services.lambda.runtime.events.TimeWindowEventResponse;
import com.amazonaws.services.lambda.runtime.events.TimeWindowEventResponse.BatchItemFailure;
import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.cloud.core.metric.MetricPoints;
import io.gympulse.cloud.core.store.CloudStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Lambda behind a Kinesis stream that the topic rules fill, for fleets of a stream's size.
/// Each record's data is one rule's output. Records that failed are named by their sequence
/// numbers; the stream delivers everything from the first of them on again, which is harmless.
///
/// With a tumbling window, acknowledgements of live events wait in the window's state, which Lambda
/// carries from one invocation of a shard to the next, and so does a gateway's next event: they are
/// told together after [#HELD], by the first invocation then, and at the window's end at the
/// latest. Without a window every answer is published at once. A state that is lost or cannot be
/// read costs a repetition: gateways that are not answered send again.
///
/// The event source has to report batch item failures, to bisect batches and to bound retries, lest
/// one record holds up its shard. Safe for any number of threads.
public final class StreamIngestHandler
    implements RequestHandler<KinesisTimeWindowEvent, TimeWindowEventResponse> {
  /// A shard with traffic is read each second, so that none is told later than ten seconds after
  /// its events are stored.
  public static final Duration HELD = Duration.ofSeconds(9);

  private static final Logger LOG = LoggerFactory.getLogger(StreamIngestHandler.class);

  private final Ingest ingest;
  private final DevicePublisher publisher;
  private final IngestCounters counters;
  private final InstantSource clock;

  /// @param publisher takes acknowledgements and rejections
  /// @param offlineAfter how long a gateway may be silent and still count as online
  /// @param clock by which acknowledgements are held
  public StreamIngestHandler(
      CloudStore store,
      DevicePublisher publisher,
      Duration offlineAfter,
      IngestCounters counters,
      InstantSource clock) {
    this(new Ingest(store, publisher, offlineAfter, counters), publisher, counters, clock);
  }

  private StreamIngestHandler(
      Ingest ingest, DevicePublisher publisher, IngestCounters counters, InstantSource clock) {
    this.ingest = ingest;
    this.publisher = publisher;
    this.counters = counters;
    this.clock = clock;
  }

  /// The same, with what gateways tell of themselves in their heartbeats kept there.
  public StreamIngestHandler measuring(MetricPoints points) {
    return new StreamIngestHandler(ingest.measuring(points), publisher, counters, clock);
  }

  /// The answer's state is null if the event came with no window.
  @Override
  public TimeWindowEventResponse handleRequest(
      KinesisTimeWindowEvent event, @Nullable Context context) {
    List<Ingest.Delivery> deliveries =
        Stream.ofNullable(event.getRecords())
            .flatMap(List::stream)
            .map(KinesisEvent.KinesisEventRecord::getKinesis)
            .map(it -> new Ingest.Delivery(it.getSequenceNumber(), text(it)))
            .toList();
    if (event.getWindow() == null) {
      return response(null, ingest.take(deliveries).keySet());
    }
    HeldAcknowledgements held = held(event.getState());
    Set<String> failed = ingest.take(deliveries, held).keySet();
    if (isLast(event)) {
      held.publishAll();
    } else {
      held.publishDue();
    }
    return response(PendingCodec.encode(held.pending()), failed);
  }

  private HeldAcknowledgements held(@Nullable Map<String, String> state) {
    PendingCodec.Decoded decoded = PendingCodec.decode(state == null ? Map.of() : state);
    if (decoded.unread() > 0) {
      counters.addUntold(decoded.unread());
      LOG.warn("{} entries of the window's state cannot be read", decoded.unread());
    }
    return new HeldAcknowledgements(publisher, HELD, clock, counters, decoded.pending());
  }

  /// Whether the state ends with this invocation.
  private static boolean isLast(KinesisTimeWindowEvent event) {
    return Boolean.TRUE.equals(event.getIsFinalInvokeForWindow())
        || Boolean.TRUE.equals(event.getIsWindowTerminatedEarly());
  }

  private static TimeWindowEventResponse response(
      @Nullable Map<String, String> state, Set<String> failed) {
    return new TimeWindowEventResponse(state, failed.stream().map(BatchItemFailure::new).toList());
  }

  private static String text(KinesisEvent.Record kinesis) {
    return StandardCharsets.UTF_8.decode(kinesis.getData().duplicate()).toString();
  }
}
