package io.gympulse.cloud.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisTimeWindowEvent;
import com.amazonaws.services.lambda.runtime.events.TimeWindowEventResponse;
import com.amazonaws.services.lambda.runtime.events.TimeWindowEventResponse.BatchItemFailure;
import io.gympulse.cloud.core.device.MetricPoints;
import io.gympulse.cloud.core.gateway.DevicePublisher;
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
/// With a tumbling window, acknowledgements of live events are pending in the window's state, which
/// Lambda carries from one invocation of a shard to the next. They are published together by the
/// first invocation after [#ACK_DELAY], and at the window's end at the latest. Without a window
/// every acknowledgement is published at once. If the state is lost or cannot be read, gateways
/// send the events without an acknowledgement again.
///
/// The event source mapping has to report batch item failures, to bisect batches and to bound
/// retries, so that one record cannot hold up its shard. Safe for any number of threads.
public final class StreamIngestHandler
    implements RequestHandler<KinesisTimeWindowEvent, TimeWindowEventResponse> {
  /// A shard with traffic is read each second, so that events are acknowledged within ten seconds
  /// of being stored.
  public static final Duration ACK_DELAY = Duration.ofSeconds(9);

  private static final Logger LOG = LoggerFactory.getLogger(StreamIngestHandler.class);

  private final Ingest ingest;
  private final DevicePublisher publisher;
  private final IngestCounters counters;
  private final InstantSource clock;

  /// @param publisher publishes acknowledgements and error reports
  /// @param offlineAfter how long a gateway may be silent before it counts as offline
  /// @param clock for the delay of acknowledgements
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

  /// Stores gateways' measurements of themselves as metric points.
  public StreamIngestHandler withMetrics(MetricPoints points) {
    return new StreamIngestHandler(ingest.withMetrics(points), publisher, counters, clock);
  }

  /// The response's state is null if the event has no window.
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
      return response(null, ingest.process(deliveries).keySet());
    }
    CoalescingAcks acks = acks(event.getState());
    Set<String> failed = ingest.process(deliveries, acks).keySet();
    if (isLast(event)) {
      acks.publishAll();
    } else {
      acks.publishDue();
    }
    return response(acks.pending().encode(), failed);
  }

  private CoalescingAcks acks(@Nullable Map<String, String> state) {
    PendingAcks.Decoded decoded = PendingAcks.decode(state == null ? Map.of() : state);
    if (decoded.unreadable() > 0) {
      counters.addAcksDropped(decoded.unreadable());
      LOG.warn("{} entries of the window state cannot be read", decoded.unreadable());
    }
    return new CoalescingAcks(publisher, ACK_DELAY, clock, counters, decoded.pending());
  }

  /// Whether this invocation is the last one with this state.
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
