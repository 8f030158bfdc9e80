package io.gympulse.cloud.lambda;

import io.gympulse.cloud.alert.Courier;
import io.gympulse.cloud.alert.DeliveryCounters;
import io.gympulse.cloud.alert.MemberAlerts;
import io.gympulse.cloud.aws.dynamo.DynamoCloudStore;
import io.gympulse.cloud.aws.dynamo.StreamRecords;
import io.gympulse.cloud.broadcast.ConnectionBroadcast;
import io.gympulse.cloud.broadcast.ConnectionSender;
import io.gympulse.cloud.core.broadcast.DeliveryFigures;
import io.gympulse.cloud.core.connection.Connections;
import io.gympulse.cloud.dispatch.DispatchCounters;
import io.gympulse.cloud.dispatch.DispatchHandler;
import io.gympulse.cloud.dispatch.Dispatcher;
import io.gympulse.cloud.dispatch.DueHandler;
import io.gympulse.cloud.dispatch.Sight;
import io.gympulse.cloud.incident.OperatorIncidents;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/// The composition of what follows the feed and a schedule: frames to connections, members' alerts,
/// operators' incidents.
final class DispatchComposition {
  private final DispatchCounters dispatched = new DispatchCounters();
  private final DeliveryCounters deliveries = new DeliveryCounters();
  private final DeliveryFigures frames = new DeliveryFigures();
  private final Attempts attempts = new Attempts();
  private final InstantSource clock;
  private final StreamRecords records;
  private final ConnectionBroadcast broadcast;
  private final MemberAlerts alerts;
  private final OperatorIncidents incidents;

  /// @throws IllegalStateException naming an environment variable that is missing
  DispatchComposition(Composition base) {
    this.clock = base.clock();
    this.records = new StreamRecords(base.tables());
    DynamoCloudStore store = base.store();
    ChannelComposition channels =
        new ChannelComposition(base.environment(), base.services(), base.clock());
    Connections connections = store.connections();
    ConnectionSender sender = channels.sender(connections, frames);
    Courier courier = new Courier(channels.channels(connections, sender), attempts, deliveries);
    Random random = new Random();
    this.broadcast = new ConnectionBroadcast(connections, sender);
    this.alerts =
        new MemberAlerts(
            store.alerts(),
            new Sight(store.current(), store.gateways(), store.floorPlans()),
            courier,
            clock,
            random);
    this.incidents =
        new OperatorIncidents(
            store.incidents(),
            store.floorPlans(),
            new OperatorIncidents.Desk(channels.operators(), courier),
            clock,
            random);
  }

  DispatchHandler dispatch() {
    Dispatcher dispatcher = new Dispatcher(List.of(broadcast, alerts, incidents), dispatched);
    return new DispatchHandler(dispatcher, records, clock, dispatched);
  }

  DueHandler due() {
    return new DueHandler(List.of(alerts, incidents), clock);
  }

  /// Does the work, and returns when all deliveries that it began have ended as well.
  <T> T settled(Supplier<T> work) {
    return attempts.settled(work);
  }

  Map<String, Long> counts() {
    return Counts.of(dispatched, deliveries, frames);
  }
}
