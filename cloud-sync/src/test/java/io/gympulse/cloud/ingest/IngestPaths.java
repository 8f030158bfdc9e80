package io.gympulse.cloud.ingest;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisTimeWindowEvent;
import com.amazonaws.services.lambda.runtime.events.TimeWindowEventResponse;
import com.amazonaws.services.lambda.runtime.events.TimeWindowEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.TimeWindow;
import io.gympulse.cloud.core.device.MetricPoints;
import io.gympulse.cloud.core.gateway.DevicePublisher;
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

/// The three paths into one ingest: queue, stream and rule.
final class IngestPaths {
  final IngestCounters counters;
  private final IngestHandler queue;
  private final StreamIngestHandler stream;
  private final RuleIngestHandler rule;

  /// State of the current window.
  Map<String, String> state = Map.of();

  IngestPaths(CloudStore store, DevicePublisher publisher) {
    this(store, publisher, InstantSource.fixed(TestGyms.NOW));
  }

  /// @param clock for the delay of acknowledgements
  IngestPaths(CloudStore store, DevicePublisher publisher, InstantSource clock) {
    Duration offlineAfter = Duration.ofMinutes(5);
    this.counters = new IngestCounters();
    this.queue = new IngestHandler(store, publisher, offlineAfter, counters);
    this.stream = new StreamIngestHandler(store, publisher, offlineAfter, counters, clock);
    this.rule = new RuleIngestHandler(store, publisher, offlineAfter, counters);
  }

  private IngestPaths(IngestPaths plain, MetricPoints points) {
    this.counters = plain.counters;
    this.queue = plain.queue.withMetrics(points);
    this.stream = plain.stream.withMetrics(points);
    this.rule = plain.rule.withMetrics(points);
  }

  /// Stores gateways' measurements of themselves as metric points.
  IngestPaths withMetrics(MetricPoints points) {
    return new IngestPaths(this, points);
  }

  /// Delivers the messages by a random path and returns those that have to be delivered again.
  List<String> failed(List<String> texts, Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> byQueue(texts);
      case 1 -> byStream(texts);
      default -> texts.stream().filter(it -> !byRule(it)).toList();
    };
  }

  List<String> byQueue(List<String> texts) {
    return TestQueue.deliver(queue, texts).stream().map(texts::get).toList();
  }

  /// Like a stream: everything from the first failure on is delivered again.
  List<String> byStream(List<String> texts) {
    return left(texts, stream.handleRequest(records(texts), null));
  }

  /// Like a stream with a tumbling window, whose state is passed to the next invocation.
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

  /// Whether the call succeeded.
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
