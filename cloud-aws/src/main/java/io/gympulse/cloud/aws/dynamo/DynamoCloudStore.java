package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.aggregate.Aggregates;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.broadcast.Connections;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.current.CurrentStates;
import io.gympulse.cloud.core.device.DeviceCounts;
import io.gympulse.cloud.core.device.MetricPoints;
import io.gympulse.cloud.core.event.EventStore;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.cloud.core.event.Retention;
import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.floorplan.UnregisteredMachines;
import io.gympulse.cloud.core.gateway.GatewayPresence;
import io.gympulse.cloud.core.gateway.Gateways;
import io.gympulse.cloud.core.incident.Incidents;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.core.store.CloudView;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The store in DynamoDB's tables. A write is durable when it returns. Any number of processes may
/// use the tables at once. The feed is not part of it: [StreamRecords] reads it from the streams of
/// the tables of current states and gateways.
public final class DynamoCloudStore implements CloudStore {
  private final DynamoContext context;
  private final DynamoEventStore events;
  private final DynamoCurrentStates current;
  private final DynamoGateways gateways;
  private final DynamoAggregates aggregates;
  private final DynamoFloorPlans floorPlans;
  private final UnregisteredMachines unregistered;

  /// @param calls not closed with the store: the client is the caller's
  /// @param clock for expiry and the age of cached reads
  public DynamoCloudStore(DynamoCalls calls, Tables tables, InstantSource clock) {
    this.context =
        new DynamoContext(calls, tables, new ItemReader(calls), new DynamoContext.Parallel());
    this.events = new DynamoEventStore(context, Retention.by(clock));
    this.current = new DynamoCurrentStates(context);
    this.gateways = new DynamoGateways(context);
    this.aggregates = new DynamoAggregates(context);
    this.floorPlans = new DynamoFloorPlans(context, clock);
    this.unregistered = new DynamoUnregisteredMachines(context);
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
  public Aggregates aggregates() {
    return aggregates;
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
  public CloudView view() {
    return new View();
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

  private final class View implements CloudView {
    @Override
    public List<FloorPlan> floorPlans() {
      return floorPlans.all();
    }

    @Override
    public Optional<CurrentState> state(MachineId machine) {
      return current.find(machine);
    }

    @Override
    public List<CurrentState> states(GymId gym) {
      return current.ofGym(gym);
    }

    @Override
    public List<GatewayPresence> presences() {
      return gateways.presences();
    }

    /// Eventually consistent, at half the price.
    @Override
    public List<HistoryEntry> history(MachineId machine, Instant from, Instant to) {
      return events.history(machine, from, to, false);
    }

    /// Eventually consistent, at half the price.
    @Override
    public List<CategoryBin> aggregates(
        GymId gym, CategoryId category, Instant from, Instant to, Instant now) {
      return aggregates.range(gym, category, from, to, now, false);
    }
  }
}
