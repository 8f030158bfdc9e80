package io.gympulse.cloud.disturbed;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.gympulse.cloud.aggregate.AggregateStores;
import io.gympulse.cloud.aggregate.Aggregator;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.cloud.ingest.IngestHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/// The handlers around a store, and two ways of bringing a day's messages to them.
final class TestCloud {
  private static final Duration OFFLINE_AFTER = Duration.ofMinutes(5);

  private final CloudStore store;

  TestCloud(CloudStore store) {
    this.store = store;
  }

  /// One message after the other, aggregation now and then.
  void undisturbed(List<String> messages) {
    for (int i = 0; i < messages.size(); i++) {
      take(List.of(messages.get(i)));
      if (i % 50 == 0) {
        aggregate(GymDay.afterwards());
      }
    }
    aggregate(GymDay.afterwards());
  }

  /// Each message at least once, often more, up to a whole day late, in batches as they come; what
  /// failed comes again. Aggregation runs whenever, and dies as well.
  void disturbed(List<String> messages, Random random) {
    List<String> inFlight = new ArrayList<>(messages);
    messages.stream().filter(_ -> random.nextInt(4) == 0).forEach(inFlight::add);
    delay(inFlight, random);
    while (!inFlight.isEmpty()) {
      int size = Math.min(inFlight.size(), 1 + random.nextInt(10));
      List<String> batch = List.copyOf(inFlight.subList(0, size));
      inFlight.subList(0, size).clear();
      for (String failed : attempt(batch)) {
        inFlight.add(random.nextInt(inFlight.size() + 1), failed);
      }
      if (random.nextInt(15) == 0) {
        aggregateIfItLives();
      }
    }
  }

  /// Half of them are late by a few messages, some by any number.
  private static void delay(List<String> messages, Random random) {
    for (int i = 0; i < messages.size(); i++) {
      int reach = random.nextInt(10) == 0 ? messages.size() : 20;
      Collections.swap(messages, i, Math.min(messages.size() - 1, i + random.nextInt(reach)));
    }
  }

  private List<String> attempt(List<String> batch) {
    try {
      return take(batch);
    } catch (Disturbance.Death e) {
      return batch;
    }
  }

  private void aggregateIfItLives() {
    try {
      aggregate(GymDay.afterwards());
    } catch (Disturbance.Death | StoreUnavailableException e) {
      // The next run does what this one left.
    }
  }

  void aggregate(Instant now) {
    Aggregator aggregator = new Aggregator(AggregateStores.of(store));
    store.gateways().all().forEach(it -> aggregator.aggregate(it.address().gateway(), now));
  }

  /// @return those that failed
  private List<String> take(List<String> batch) {
    IngestHandler handler =
        new IngestHandler(store, (_, _) -> {}, OFFLINE_AFTER, new IngestCounters());
    SQSEvent event = new SQSEvent();
    event.setRecords(
        IntStream.range(0, batch.size()).mapToObj(i -> message(i, batch.get(i))).toList());
    Set<String> failed = new HashSet<>();
    handler.handleRequest(event, null).getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .forEach(failed::add);
    return IntStream.range(0, batch.size())
        .filter(it -> failed.contains(Integer.toString(it)))
        .mapToObj(batch::get)
        .toList();
  }

  private static SQSMessage message(int position, String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId(Integer.toString(position));
    message.setBody(body);
    return message;
  }
}
