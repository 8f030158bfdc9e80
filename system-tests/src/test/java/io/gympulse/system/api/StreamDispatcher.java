package io.gympulse.system.api;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.cloud.aws.dynamo.LocalStream;
import io.gympulse.cloud.aws.dynamo.StreamRecords;
import io.gympulse.cloud.aws.dynamo.TableDefinition;
import io.gympulse.cloud.aws.dynamo.Tables;
import io.gympulse.cloud.core.feed.FeedConsumer;
import io.gympulse.cloud.notify.ConsumerCounters;
import io.gympulse.cloud.notify.DispatchHandler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The dispatch function's handler behind a table's stream of DynamoDB Local: reads every 10 ms,
/// and delivers again from the first failed record on after 200 ms, as Lambda's mapping does.
final class StreamDispatcher implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 10;
  private static final long RETRY_MILLIS = 200;

  private final LocalStream stream;
  private final DispatchHandler handler;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread reader;

  StreamDispatcher(Tables tables, TableDefinition table, FeedConsumer consumer) {
    this.stream = new LocalStream(tables, table);
    this.handler =
        new DispatchHandler(
            List.of(consumer),
            new StreamRecords(tables),
            InstantSource.system(),
            new ConsumerCounters());
    this.reader = Thread.ofVirtual().name("stream").start(this::run);
  }

  private void run() {
    List<DynamodbStreamRecord> pending = new ArrayList<>();
    try {
      do {
        stream.next().forEach(it -> pending.add(stored(it)));
        dispatch(pending);
      } while (!closed.await(
          pending.isEmpty() ? INTERVAL_MILLIS : RETRY_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Removes the records before the first that failed.
  private void dispatch(List<DynamodbStreamRecord> pending) {
    DynamodbEvent event = new DynamodbEvent();
    event.setRecords(List.copyOf(pending));
    List<BatchItemFailure> failures = handler.handleRequest(event, null).getBatchItemFailures();
    if (failures.isEmpty()) {
      pending.clear();
      return;
    }
    String first = failures.getFirst().getItemIdentifier();
    while (!pending.getFirst().getDynamodb().getSequenceNumber().equals(first)) {
      pending.removeFirst();
    }
  }

  private static DynamodbStreamRecord stored(JsonNode json) {
    JsonNode change = json.path("dynamodb");
    DynamodbStreamRecord stored = new DynamodbStreamRecord();
    stored.setEventSourceARN(json.path("eventSourceARN").asText());
    stored.setDynamodb(
        new StreamRecord()
            .withSequenceNumber(change.path("SequenceNumber").asText())
            .withApproximateCreationDateTime(
                Date.from(
                    Instant.ofEpochSecond(change.path("ApproximateCreationDateTime").asLong())))
            .withOldImage(image(change.path("OldImage")))
            .withNewImage(image(change.path("NewImage"))));
    return stored;
  }

  private static Map<String, AttributeValue> image(JsonNode json) {
    Map<String, AttributeValue> image = new HashMap<>();
    json.properties().forEach(it -> image.put(it.getKey(), value(it.getValue())));
    return image;
  }

  private static AttributeValue value(JsonNode value) {
    if (value.has("N")) {
      return new AttributeValue().withN(value.path("N").asText());
    }
    return value.has("BOOL")
        ? new AttributeValue().withBOOL(value.path("BOOL").asBoolean())
        : new AttributeValue(value.path("S").asText());
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stream.close();
  }
}
