package io.gympulse.cloud.ingest;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import io.gympulse.cloud.state.store.CloudStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// The three doors of one ingest.
final class Doors {
  final IngestCounters counters = new IngestCounters();
  private final IngestHandler queue;
  private final StreamIngestHandler stream;
  private final RuleIngestHandler rule;

  Doors(CloudStore store, DevicePublisher publisher) {
    Duration offlineAfter = Duration.ofMinutes(5);
    this.queue = new IngestHandler(store, publisher, offlineAfter, counters);
    this.stream = new StreamIngestHandler(store, publisher, offlineAfter, counters);
    this.rule = new RuleIngestHandler(store, publisher, offlineAfter, counters);
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
    KinesisEvent event = new KinesisEvent();
    event.setRecords(
        IntStream.range(0, texts.size()).mapToObj(it -> record(it, texts.get(it))).toList());
    return stream.handleRequest(event, null).getBatchItemFailures().stream()
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
