package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.aggregate.Aggregates;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.connection.Connections;
import io.gympulse.cloud.core.count.DeviceCounts;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.current.CurrentStates;
import io.gympulse.cloud.core.event.EventStore;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.cloud.core.event.Retention;
import io.gympulse.cloud.core.floor.FloorPlans;
import io.gympulse.cloud.core.floor.UnregisteredMachines;
import io.gympulse.cloud.core.gateway.Gateways;
import io.gympulse.cloud.core.incident.Incidents;
import io.gympulse.cloud.core.metric.MetricPoints;
import io.gympulse.cloud.core.presence.GatewayPresence;
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
/// use the tables at once. The feed is not in here: it is the streams of the tables of current
/// states and gateways, read by [StreamImages].
public final class DynamoCloudStore implements CloudStore {
  private final Connection connection;
  private final DynamoEventStore events;
  private final DynamoCurrentStates current;
  private final DynamoGateways gateways;
  private final DynamoAggregates aggregates;
  private final DynamoFloorPlans floorPlans;
  private final UnregisteredMachines unregistered;

  /// @param calls not closed with the store: the client is the caller's
  /// @param clock says what is expired and how old an answer is
  public DynamoCloudStore(Calls calls, Tables tables, InstantSource clock) {
    this.connection = new Connection(calls, tables, new Reading(calls), new Parallel());
    this.events = new DynamoEventStore(connection, Retention.by(clock));
    this.current = new DynamoCurrentStates(connection);
    this.gateways = new DynamoGateways(connection);
    this.aggregates = new DynamoAggregates(connection);
    this.floorPlans = new DynamoFloorPlans(connection, clock);
    this.unregistered = new DynamoUnregisteredMachines(connection);
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

  /// Members' alerts.
  public Alerts alerts() {
    return new DynamoAlerts(connection);
  }

  /// What operators have to see to.
  public Incidents incidents() {
    return new DynamoIncidents(connection);
  }

  /// Who is connected to the stream.
  public Connections connections() {
    return new DynamoConnections(connection);
  }

  /// How often a kind of device was in a state.
  public DeviceCounts deviceCounts() {
    return new DynamoDeviceCounts(connection);
  }

  /// Measurements of devices.
  public MetricPoints metricPoints() {
    return new DynamoMetricPoints(connection);
  }

  @Override
  public CloudView view() {
    return new View();
  }

  /// One after the other: DynamoDB has no price for several writes but the sum of theirs.
  @Override
  public void together(Runnable writes) {
    writes.run();
  }

  @Override
  public void close() {
    connection.parallel().close();
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

    /// As it was a moment ago, at half the price.
    @Override
    public List<HistoryEntry> history(MachineId machine, Instant from, Instant to) {
      return events.history(machine, from, to, false);
    }

    /// As they were a moment ago, at half the price.
    @Override
    public List<CategoryBin> aggregates(
        GymId gym, CategoryId category, Instant from, Instant to, Instant now) {
      return aggregates.range(gym, category, from, to, now, false);
    }
  }
}
