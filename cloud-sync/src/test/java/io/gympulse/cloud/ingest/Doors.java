package io.gympulse.cloud.ingest;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisTimeWindowEvent;
import com.amazonaws.services.lambda.runtime.events.TimeWindowEventResponse;
import com.amazonaws.services.lambda.runtime.events.TimeWindowEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.TimeWindow;
import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.cloud.core.metric.MetricPoints;
import io.gympulse.cloud.core.store.CloudStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// The three doors of one ingest.
final class Doors {
  final IngestCounters counters;
  private final IngestHandler queue;
  private final StreamIngestHandler stream;
  private final RuleIngestHandler rule;

  /// Of the window that is open.
  Map<String, String> state = Map.of();

  Doors(CloudStore store, DevicePublisher publisher) {
    this(store, publisher, InstantSource.fixed(Branch.NOW));
  }

  /// @param clock by which acknowledgements are held
  Doors(CloudStore store, DevicePublisher publisher, InstantSource clock) {
    Duration offlineAfter = Duration.ofMinutes(5);
    this.counters = new IngestCounters();
    this.queue = new IngestHandler(store, publisher, offlineAfter, counters);
    this.stream = new StreamIngestHandler(store, publisher, offlineAfter, counters, clock);
    this.rule = new RuleIngestHandler(store, publisher, offlineAfter, counters);
  }

  private Doors(Doors plain, MetricPoints points) {
    this.counters = plain.counters;
    this.queue = plain.queue.measuring(points);
    this.stream = plain.stream.measuring(points);
    this.rule = plain.rule.measuring(points);
  }

  /// The same, keeping what gateways tell of themselves.
  Doors measuring(MetricPoints points) {
    return new Doors(this, points);
  }

  /// Hands the messages in by any door and returns those that have to come again.
  List<String> failed(List<String> texts, Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> byQueue(texts);
      case 1 -> byStream(texts);
      default -> texts.stream().filter(it -> !byRule(it)).toList();
    };
  }

  List<String> byQueue(List<String> texts) {
    return Queue.deliver(queue, texts).stream().map(texts::get).toList();
  }

  /// As a stream does: everything from the first failure on comes again.
  List<String> byStream(List<String> texts) {
    return left(texts, stream.handleRequest(records(texts), null));
  }

  /// As a stream with a tumbling window does, whose state goes on with the next invocation.
  List<String> byWindow(List<String> texts, boolean last) {
    KinesisTimeWindowEvent event = records(texts);
    event.setWindow(new TimeWindow("2026-03-02T10:00:00Z", "2026-03-02T10:01:00Z"));
    event.setState(state);
    event.setIsFinalInvokeForWindow(last);
    TimeWindowEventResponse response = stream.handleRequest(event, null);
    state = last ? Map.of() : response.getState();
    return left(texts, response);
  }

  private static KinesisTimeWindowEvent records(List<String> texts) {
    KinesisTimeWindowEvent event = new KinesisTimeWindowEvent();
    event.setRecords(
        IntStream.range(0, texts.size()).mapToObj(it -> record(it, texts.get(it))).toList());
    return event;
  }

  private static List<String> left(List<String> texts, TimeWindowEventResponse response) {
    return response.getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .map(Integer::valueOf)
        .min(Integer::compareTo)
        .map(it -> texts.subList(it, texts.size()))
        .orElse(List.of());
  }

  private static KinesisEvent.KinesisEventRecord record(int position, String text) {
    KinesisEvent.Record kinesis = new KinesisEvent.Record();
    kinesis.setSequenceNumber(Integer.toString(position));
    kinesis.setData(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    KinesisEvent.KinesisEventRecord record = new KinesisEvent.KinesisEventRecord();
    record.setKinesis(kinesis);
    return record;
  }

  /// Whether the call went through.
  boolean byRule(String text) {
    try {
      rule.handleRequest(
          new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
          new ByteArrayOutputStream(),
          null);
      return true;
    } catch (IllegalStateException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
