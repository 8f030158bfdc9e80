package io.gympulse.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.alert.Channels;
import io.gympulse.cloud.alert.Courier;
import io.gympulse.cloud.alert.DeliveryCounters;
import io.gympulse.cloud.alert.MemberAlerts;
import io.gympulse.cloud.core.alert.Channel;
import io.gympulse.cloud.dispatch.DispatchCounters;
import io.gympulse.cloud.dispatch.FeedReader;
import io.gympulse.cloud.dispatch.Follower;
import io.gympulse.cloud.dispatch.Sight;
import io.gympulse.cloud.incident.OperatorIncidents;
import io.gympulse.cloud.ingest.QuotaObserver;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The composition of what follows the feed: members' alerts and operators' incidents, each with a
/// reader of its own, so that neither waits for the other, and a schedule for what time brings.
final class Alerting implements AutoCloseable {
  /// How often is looked for what is due, and the readers' positions are kept; real time.
  private static final Duration PAUSE = Duration.ofMillis(500);

  private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

  private final DispatchCounters dispatched = new DispatchCounters();
  private final DeliveryCounters delivered = new DeliveryCounters();

  /// Attempts by all channels, as many as there are: each channel has bounds of its own.
  private final ExecutorService attempts = Executors.newVirtualThreadPerTaskExecutor();

  private final Parts parts = new Parts();
  private final OperatorIncidents incidents;

  private Alerting(
      SqliteCloudStore store, List<Channel> operators, Channels channels, ProcessClock clock) {
    // Each with room of its own: members' attempts take none from operators'.
    Courier toMembers = new Courier(channels, attempts, delivered);
    Courier toOperators = new Courier(channels, attempts, delivered);
    Random random = new Random();
    Sight sight = new Sight(store.current(), store.gateways(), store.floorPlans());
    MemberAlerts alerts = new MemberAlerts(store.alerts(), sight, toMembers, clock, random);
    this.incidents =
        new OperatorIncidents(
            store.incidents(),
            store.floorPlans(),
            new OperatorIncidents.Desk(operators, toOperators),
            clock,
            random);
    incidents.resumeQuotas(clock.instant());
    parts.started(attempts::shutdownNow);
    FeedReader alertReader = parts.started(reader(store, alerts, clock));
    FeedReader incidentReader = parts.started(reader(store, incidents, clock));
    repeating("alerts read", alertReader::save);
    repeating("incidents read", incidentReader::save);
    repeating("alerts due", () -> alerts.onSchedule(clock.instant()));
    repeating("incidents due", () -> incidents.onSchedule(clock.instant()));
  }

  private void repeating(String name, Repeating.Task task) {
    parts.started(new Repeating(name, PAUSE, task));
  }

  private FeedReader reader(SqliteCloudStore store, Follower follower, ProcessClock clock) {
    return new FeedReader(
        store.feed(), store.cursor(follower.name()), follower, clock, RETRY_PAUSE, dispatched);
  }

  /// Starts it, and goes on where an earlier process ended.
  static Alerting start(
      SqliteCloudStore store, List<Channel> operators, Channels channels, ProcessClock clock) {
    return new Alerting(store, operators, channels, clock);
  }

  /// Where gateways that send too much are reported.
  QuotaObserver quotas() {
    return incidents::overQuota;
  }

  ObjectNode health() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    put(json, "followed", dispatched.followed());
    put(json, "failed", dispatched.failed());
    put(json, "skipped", dispatched.skipped());
    json.putObject("deliveries")
        .put("delivered", delivered.delivered())
        .put("retried", delivered.retried())
        .put("gone", delivered.gone())
        .put("unnoted", delivered.unnoted());
    return json;
  }

  private static void put(ObjectNode json, String name, Map<String, Long> counts) {
    ObjectNode object = json.putObject(name);
    counts.forEach(object::put);
  }

  @Override
  public void close() {
    parts.close();
  }
}
