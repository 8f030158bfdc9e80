package io.gympulse.local;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.aggregate.AggregateHandler;
import io.gympulse.cloud.aggregate.AggregateStores;
import io.gympulse.cloud.core.arrears.Horizon;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.local.queue.LambdaContext;
import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// Invokes the aggregates' handler each minute of the cloud's clock. Safe for many threads.
final class AggregateSchedule implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final CloudStore store;
  private final ProcessClock clock;
  private final Repeating repeating;

  private AggregateSchedule(CloudStore store, ProcessClock clock, Repeating repeating) {
    this.store = store;
    this.clock = clock;
    this.repeating = repeating;
  }

  static AggregateSchedule start(CloudStore store, ProcessClock clock) {
    AggregateHandler handler = new AggregateHandler(AggregateStores.of(store), clock);
    Repeating repeating = new Repeating("aggregates", clock.toReal(PAUSE), () -> invoke(handler));
    return new AggregateSchedule(store, clock, repeating);
  }

  private static void invoke(AggregateHandler handler) {
    handler.handleRequest(
        new ScheduledEvent(), new LambdaContext("aggregates", UUID.randomUUID().toString()));
  }

  /// How far aggregation has come: `dueWindows`, to be computed now, counted per gym or, if marked
  /// alone, per category; `coveredTo`, up to where every gateway that covers any time has vouched.
  /// Gyms without a floor plan are left out.
  ObjectNode health() {
    Instant now = clock.instant();
    Horizon horizon = Horizon.of(now, store.events().expiryTime(now));
    List<Gateway> all =
        store.gateways().all().stream()
            .filter(it -> store.floorPlans().find(it.address().gym()).isPresent())
            .toList();
    return JSON.createObjectNode()
        .put("dueWindows", all.stream().mapToLong(it -> it.dueWindows(horizon)).sum())
        .put(
            "coveredTo",
            all.stream()
                .flatMap(it -> it.coverage().to().stream())
                .min(Comparator.naturalOrder())
                .map(Instant::toString)
                .orElse(null));
  }

  @Override
  public void close() {
    repeating.close();
  }
}
