package io.gympulse.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.core.feed.FeedConsumer;
import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.incident.OperatorIncidents;
import io.gympulse.cloud.ingest.QuotaObserver;
import io.gympulse.cloud.notify.ConsumerCounters;
import io.gympulse.cloud.notify.DeliveryChannel.Channels;
import io.gympulse.cloud.notify.DeliveryCounters;
import io.gympulse.cloud.notify.DeliveryExecutor;
import io.gympulse.cloud.notify.FeedReader;
import io.gympulse.cloud.notify.MemberAlerts;
import io.gympulse.cloud.notify.MemberAlerts.LiveState;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The composition of notifications: members' alerts and operators' incidents. Each has its own
/// feed reader, so that neither waits for the other, and a periodic task for scheduled work.
final class Notifications implements AutoCloseable {
  /// Real time between two runs of scheduled work, and between two writes of the readers'
  /// positions.
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

  private final ConsumerCounters dispatched = new ConsumerCounters();
  private final DeliveryCounters delivered = new DeliveryCounters();

  /// Runs the delivery attempts of all channels; each channel limits its own number.
  private final ExecutorService attempts = Executors.newVirtualThreadPerTaskExecutor();

  private final Closer closer = new Closer();
  private final OperatorIncidents incidents;

  private Notifications(
      SqliteCloudStore store, List<Channel> operators, Channels channels, ProcessClock clock) {
    // One each, so that attempts for members do not use the capacity for operators.
    DeliveryExecutor toMembers = new DeliveryExecutor(channels, attempts, delivered);
    DeliveryExecutor toOperators = new DeliveryExecutor(channels, attempts, delivered);
    Random random = new Random();
    LiveState sight = new LiveState(store.current(), store.gateways(), store.floorPlans());
    MemberAlerts alerts = new MemberAlerts(store.alerts(), sight, toMembers, clock, random);
    this.incidents =
        new OperatorIncidents(
            store.incidents(),
            store.floorPlans(),
            new OperatorIncidents.Delivery(operators, toOperators),
            clock,
            random);
    incidents.resumeQuotas(clock.instant());
    closer.register(attempts::shutdownNow);
    FeedReader alertReader = closer.register(reader(store, alerts, clock));
    FeedReader incidentReader = closer.register(reader(store, incidents, clock));
    schedule("alerts read", alertReader::save);
    schedule("incidents read", incidentReader::save);
    schedule("alerts due", () -> alerts.run(clock.instant()));
    schedule("incidents due", () -> incidents.run(clock.instant()));
  }

  private void schedule(String name, PeriodicTask.Task task) {
    closer.register(new PeriodicTask(name, INTERVAL, task));
  }

  private FeedReader reader(SqliteCloudStore store, FeedConsumer follower, ProcessClock clock) {
    return new FeedReader(
        store.feed(), store.cursor(follower.name()), follower, clock, RETRY_PAUSE, dispatched);
  }

  /// Starts, and continues at the feed position of an earlier process.
  static Notifications start(
      SqliteCloudStore store, List<Channel> operators, Channels channels, ProcessClock clock) {
    return new Notifications(store, operators, channels, clock);
  }

  /// Receives reports of gateways that exceed their quota.
  QuotaObserver quotas() {
    return incidents::overQuota;
  }

  ObjectNode health() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    put(json, "success", dispatched.success());
    put(json, "failure", dispatched.failure());
    put(json, "skipped", dispatched.skipped());
    json.putObject("deliveries")
        .put("delivered", delivered.delivered())
        .put("retried", delivered.retried())
        .put("gone", delivered.gone())
        .put("outcomesUnrecorded", delivered.outcomesUnrecorded());
    return json;
  }

  private static void put(ObjectNode json, String name, Map<String, Long> counts) {
    ObjectNode object = json.putObject(name);
    counts.forEach(object::put);
  }

  @Override
  public void close() {
    closer.close();
  }
}
