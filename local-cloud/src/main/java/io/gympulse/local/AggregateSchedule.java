package io.gympulse.local;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.aggregate.AggregateHandler;
import io.gympulse.cloud.aggregate.AggregateStores;
import io.gympulse.cloud.core.aggregate.Window.Horizon;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.local.queue.LambdaContext;
import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// Invokes the aggregation handler each minute of the cloud's clock. Thread-safe.
final class AggregateSchedule implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final CloudStore store;
  private final ProcessClock clock;
  private final PeriodicTask task;

  private AggregateSchedule(CloudStore store, ProcessClock clock, PeriodicTask task) {
    this.store = store;
    this.clock = clock;
    this.task = task;
  }

  static AggregateSchedule start(CloudStore store, ProcessClock clock) {
    AggregateHandler handler = new AggregateHandler(AggregateStores.of(store), clock);
    PeriodicTask task =
        new PeriodicTask("aggregates", clock.toReal(INTERVAL), () -> invoke(handler));
    return new AggregateSchedule(store, clock, task);
  }

  private static void invoke(AggregateHandler handler) {
    handler.handleRequest(
        new ScheduledEvent(), new LambdaContext("aggregates", UUID.randomUUID().toString()));
  }

  /// The progress of aggregation: `dueWindows` is the number of windows to compute now, counted per
  /// gym, or per category if only those are marked; `coveredTo` is the lowest watermark of all
  /// gateways that have one. Gyms without a floor plan are left out.
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
                .flatMap(it -> it.coverage().watermark().stream())
                .min(Comparator.naturalOrder())
                .map(Instant::toString)
                .orElse(null));
  }

  @Override
  public void close() {
    task.close();
  }
}
