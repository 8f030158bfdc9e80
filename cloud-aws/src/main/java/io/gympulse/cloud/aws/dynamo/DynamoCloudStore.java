package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.aggregate.Aggregates;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.broadcast.Connections;
import io.gympulse.cloud.core.current.CurrentStates;
import io.gympulse.cloud.core.device.DeviceCounts;
import io.gympulse.cloud.core.device.MetricPoints;
import io.gympulse.cloud.core.event.EventStore;
import io.gympulse.cloud.core.event.Retention;
import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.floorplan.UnregisteredMachines;
import io.gympulse.cloud.core.forecast.ForecastModels;
import io.gympulse.cloud.core.gateway.GatewayHealths;
import io.gympulse.cloud.core.gateway.Gateways;
import io.gympulse.cloud.core.incident.Incidents;
import io.gympulse.cloud.core.query.CloudQueries;
import io.gympulse.cloud.core.store.CloudStore;
import java.time.InstantSource;

/// The store in DynamoDB's tables. A write is durable when it returns. Any number of processes may
/// use the tables at once. The feed is not part of it: [StreamRecords] reads it from the streams of
/// the tables of current states and gateways.
public final class DynamoCloudStore implements CloudStore {
  private final DynamoContext context;
  private final DynamoEventStore events;
  private final DynamoCurrentStates current;
  private final DynamoGateways gateways;
  private final DynamoGatewayHealths healths;
  private final DynamoAggregates aggregates;
  private final DynamoForecastModels forecasts;
  private final DynamoFloorPlans floorPlans;
  private final UnregisteredMachines unregistered;
  private final CloudQueries queries;

  /// @param calls not closed with the store: the client is the caller's
  /// @param clock for expiry and the age of cached reads
  public DynamoCloudStore(DynamoCalls calls, Tables tables, InstantSource clock) {
    this.context =
        new DynamoContext(calls, tables, new ItemReader(calls), new DynamoContext.Parallel());
    this.events = new DynamoEventStore(context, Retention.by(clock));
    this.current = new DynamoCurrentStates(context);
    this.gateways = new DynamoGateways(context);
    this.healths = new DynamoGatewayHealths(context);
    this.aggregates = new DynamoAggregates(context);
    this.forecasts = new DynamoForecastModels(context);
    this.floorPlans = new DynamoFloorPlans(context, clock);
    this.unregistered = new DynamoUnregisteredMachines(context);
    this.queries =
        new DynamoQueries(context, floorPlans, gateways, healths, events, aggregates, forecasts);
  }

  @Override
  public EventStore events() {
    return events;
  }

  @Override
  public CurrentStates current() {
    return current;
  }

  @Override
  public Gateways gateways() {
    return gateways;
  }

  @Override
  public GatewayHealths healths() {
    return healths;
  }

  @Override
  public Aggregates aggregates() {
    return aggregates;
  }

  @Override
  public ForecastModels forecasts() {
    return forecasts;
  }

  @Override
  public FloorPlans floorPlans() {
    return floorPlans;
  }

  @Override
  public UnregisteredMachines unregistered() {
    return unregistered;
  }

  public Alerts alerts() {
    return new DynamoAlerts(context);
  }

  public Incidents incidents() {
    return new DynamoIncidents(context);
  }

  public Connections connections() {
    return new DynamoConnections(context);
  }

  public DeviceCounts deviceCounts() {
    return new DynamoDeviceCounts(context);
  }

  public MetricPoints metricPoints() {
    return new DynamoMetricPoints(context);
  }

  @Override
  public CloudQueries queries() {
    return queries;
  }

  /// One after the other: in DynamoDB, several writes cost the sum of each.
  @Override
  public void together(Runnable writes) {
    writes.run();
  }

  @Override
  public void close() {
    context.parallel().close();
  }
}
