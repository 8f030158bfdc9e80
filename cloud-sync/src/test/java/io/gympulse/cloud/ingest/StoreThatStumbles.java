package io.gympulse.cloud.ingest;

import io.gympulse.cloud.state.aggregate.Aggregates;
import io.gympulse.cloud.state.current.CurrentState;
import io.gympulse.cloud.state.current.CurrentStates;
import io.gympulse.cloud.state.event.EventStore;
import io.gympulse.cloud.state.event.HistoryEntry;
import io.gympulse.cloud.state.event.StoredEvent;
import io.gympulse.cloud.state.floor.FloorPlans;
import io.gympulse.cloud.state.floor.UnregisteredMachines;
import io.gympulse.cloud.state.gateway.Gateway;
import io.gympulse.cloud.state.gateway.Gateways;
import io.gympulse.cloud.state.store.CloudStore;
import io.gympulse.cloud.state.store.CloudView;
import io.gympulse.cloud.state.store.StoreUnavailableException;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.StatusReport;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A store without transactions in which any single write may fail, before it is done or after.
final class StoreThatStumbles implements CloudStore {
  private final CloudStore store;
  private final BooleanSupplier stumble;

  /// @param stumble asked twice for each write: whether to fail before it, and after it
  StoreThatStumbles(CloudStore store, BooleanSupplier stumble) {
    this.store = store;
    this.stumble = stumble;
  }

  private <T> T write(Supplier<T> write) {
    perhapsFail();
    T result = write.get();
    perhapsFail();
    return result;
  }

  private void perhapsFail() {
    if (stumble.getAsBoolean()) {
      throw new StoreUnavailableException("stumbled", null);
    }
  }

  @Override
  public void together(Runnable writes) {
    writes.run();
  }

  @Override
  public EventStore events() {
    return new Events(store.events());
  }

  @Override
  public CurrentStates current() {
    return new States(store.current());
  }

  @Override
  public Gateways gateways() {
    return new Records(store.gateways());
  }

  @Override
  public Aggregates aggregates() {
    return store.aggregates();
  }

  @Override
  public FloorPlans floorPlans() {
    return store.floorPlans();
  }

  @Override
  public UnregisteredMachines unregistered() {
    return store.unregistered();
  }

  @Override
  public CloudView view() {
    return store.view();
  }

  @Override
  public void close() {
    store.close();
  }

  private final class Events implements EventStore {
    private final EventStore events;

    Events(EventStore events) {
      this.events = events;
    }

    @Override
    public void store(GatewayAddress from, OutboxId outbox, List<MachineEvent> stored) {
      write(
          () -> {
            events.store(from, outbox, stored);
            return true;
          });
    }

    @Override
    public void store(StatusReport report) {
      write(
          () -> {
            events.store(report);
            return true;
          });
    }

    @Override
    public List<HistoryEntry> history(MachineId machine, Instant from, Instant to) {
      return events.history(machine, from, to);
    }

    @Override
    public Optional<HistoryEntry> lastBefore(MachineId machine, Instant before) {
      return events.lastBefore(machine, before);
    }

    @Override
    public void forEach(Consumer<StoredEvent> reader) {
      events.forEach(reader);
    }

    @Override
    public List<SeqRange> stored(OutboxId outbox) {
      return events.stored(outbox);
    }

    @Override
    public long count() {
      return events.count();
    }
  }

  private final class States implements CurrentStates {
    private final CurrentStates states;

    States(CurrentStates states) {
      this.states = states;
    }

    @Override
    public List<CurrentState> offer(Collection<CurrentState> claims) {
      return write(() -> states.offer(claims));
    }

    @Override
    public Optional<CurrentState> find(MachineId machine) {
      return states.find(machine);
    }

    @Override
    public List<CurrentState> ofGym(GymId gym) {
      return states.ofGym(gym);
    }
  }

  private final class Records implements Gateways {
    private final Gateways gateways;

    Records(Gateways gateways) {
      this.gateways = gateways;
    }

    @Override
    public Optional<Gateway> find(GatewayId gateway) {
      return gateways.find(gateway);
    }

    @Override
    public List<Gateway> all() {
      return gateways.all();
    }

    @Override
    public boolean replace(Optional<Gateway> expected, Gateway next) {
      return write(() -> gateways.replace(expected, next));
    }
  }
}
