package io.gympulse.cloud.lambda;

import io.gympulse.cloud.aws.dynamo.DynamoCloudStore;
import io.gympulse.cloud.aws.dynamo.StreamRecords;
import io.gympulse.cloud.broadcast.ConnectionBroadcast;
import io.gympulse.cloud.broadcast.ConnectionSender;
import io.gympulse.cloud.broadcast.UpdatesTopic;
import io.gympulse.cloud.core.broadcast.Connections;
import io.gympulse.cloud.core.broadcast.DeliveryFigures;
import io.gympulse.cloud.core.feed.FeedConsumer;
import io.gympulse.cloud.incident.OperatorIncidents;
import io.gympulse.cloud.notify.ConsumerCounters;
import io.gympulse.cloud.notify.DeliveryCounters;
import io.gympulse.cloud.notify.DeliveryExecutor;
import io.gympulse.cloud.notify.DispatchHandler;
import io.gympulse.cloud.notify.MemberAlerts;
import io.gympulse.cloud.notify.MemberAlerts.LiveState;
import io.gympulse.cloud.notify.ScheduledTaskHandler;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/// The composition of feed consumers and scheduled tasks: frames to connections, members' alerts,
/// operators' incidents and, if configured, the topics of updates.
final class DispatchComposition {
  /// `true`: updates are published on their gym's topic, for API processes. Needs the endpoint of
  /// IoT's data plane.
  static final String UPDATES_TOPIC = "GYM_PULSE_UPDATES_TOPIC";

  private final ConsumerCounters consumers = new ConsumerCounters();
  private final DeliveryCounters deliveries = new DeliveryCounters();
  private final DeliveryFigures frames = new DeliveryFigures();
  private final DeliveryThreads threads = new DeliveryThreads();
  private final Composition base;
  private final InstantSource clock;
  private final StreamRecords records;
  private final ConnectionBroadcast broadcast;
  private final MemberAlerts alerts;
  private final OperatorIncidents incidents;

  /// @throws IllegalStateException naming an environment variable that is missing
  DispatchComposition(Composition base) {
    this.base = base;
    this.clock = base.clock();
    this.records = new StreamRecords(base.tables());
    DynamoCloudStore store = base.store();
    ChannelComposition channels =
        new ChannelComposition(base.environment(), base.services(), base.clock());
    Connections connections = store.connections();
    ConnectionSender sender = channels.sender(connections, frames);
    DeliveryExecutor executor =
        new DeliveryExecutor(channels.channels(connections, sender), threads, deliveries);
    Random random = new Random();
    this.broadcast = new ConnectionBroadcast(connections, sender);
    this.alerts =
        new MemberAlerts(
            store.alerts(),
            new LiveState(store.current(), store.gateways(), store.floorPlans()),
            executor,
            clock,
            random);
    this.incidents =
        new OperatorIncidents(
            store.incidents(),
            store.floorPlans(),
            new OperatorIncidents.Delivery(channels.operators(), executor),
            clock,
            random);
  }

  /// @throws IllegalStateException naming an environment variable that is missing or invalid
  DispatchHandler dispatch() {
    List<FeedConsumer> all = new ArrayList<>(List.of(broadcast, alerts, incidents));
    if (base.environment().flag(UPDATES_TOPIC)) {
      all.add(new UpdatesTopic(base.publisher()));
    }
    return new DispatchHandler(all, records, clock, consumers);
  }

  ScheduledTaskHandler due() {
    return new ScheduledTaskHandler(List.of(alerts, incidents), clock);
  }

  /// Runs the work, and returns when all deliveries that it started have ended as well.
  <T> T runAndAwait(Supplier<T> work) {
    return threads.runAndAwait(work);
  }

  Map<String, Long> counts() {
    return MetricCounts.of(consumers, deliveries, frames);
  }
}
