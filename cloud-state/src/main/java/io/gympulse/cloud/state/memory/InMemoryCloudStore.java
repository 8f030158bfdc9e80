package io.gympulse.cloud.state.memory;

import io.gympulse.cloud.state.aggregate.Aggregates;
import io.gympulse.cloud.state.aggregate.CategoryBin;
import io.gympulse.cloud.state.current.CurrentState;
import io.gympulse.cloud.state.current.CurrentStates;
import io.gympulse.cloud.state.event.EventStore;
import io.gympulse.cloud.state.event.HistoryEntry;
import io.gympulse.cloud.state.event.Retention;
import io.gympulse.cloud.state.feed.FeedPump;
import io.gympulse.cloud.state.feed.FeedUpdate;
import io.gympulse.cloud.state.feed.UpdateFeed;
import io.gympulse.cloud.state.floor.FloorPlans;
import io.gympulse.cloud.state.floor.MachinePlace;
import io.gympulse.cloud.state.floor.PlanIndex;
import io.gympulse.cloud.state.floor.UnregisteredMachine;
import io.gympulse.cloud.state.floor.UnregisteredMachines;
import io.gympulse.cloud.state.gateway.Gateway;
import io.gympulse.cloud.state.gateway.Gateways;
import io.gympulse.cloud.state.presence.GatewayPresence;
import io.gympulse.cloud.state.store.CloudView;
import io.gympulse.cloud.state.store.FeedingStore;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The whole store in maps, behind one lock.
public final class InMemoryCloudStore implements FeedingStore {
  private final InMemoryEventStore events;
  private final InMemoryAggregates aggregates = new InMemoryAggregates();
  private final Map<MachineId, FeedUpdate.MachineChanged> states = new TreeMap<>();
  private final Map<GatewayId, Kept> gateways = new TreeMap<>();
  private final Map<String, UnregisteredMachine> unregistered = new TreeMap<>();
  private final FeedPump feed = new FeedPump(this::updatesAfter, 0);
  private final Current current = new Current();
  private final Records records = new Records();
  private final Plans plans = new Plans();
  private long position;

  /// @param position in the feed; 0 before the first change of presence
  private record Kept(long position, Gateway gateway) {}

  /// Events never expire.
  public InMemoryCloudStore() {
    this(Retention.UNLIMITED);
  }

  public InMemoryCloudStore(Retention retention) {
    this.events = new InMemoryEventStore(retention);
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
    return records;
  }

  @Override
  public Aggregates aggregates() {
    return aggregates;
  }

  @Override
  public FloorPlans floorPlans() {
    return plans;
  }

  @Override
  public UnregisteredMachines unregistered() {
    return new Unregistered();
  }

  @Override
  public UpdateFeed feed() {
    return feed;
  }

  @Override
  public CloudView view() {
    return new View();
  }

  @Override
  public void together(Runnable writes) {
    writes.run();
  }

  @Override
  public void close() {
    feed.close();
  }

  private synchronized List<FeedUpdate> updatesAfter(long after, int limit) {
    List<FeedUpdate> updates = new ArrayList<>(states.values());
    gateways
        .values()
        .forEach(
            it ->
                it.gateway()
                    .presence()
                    .map(now -> new FeedUpdate.PresenceChanged(it.position(), now))
                    .ifPresent(updates::add));
    return updates.stream()
        .filter(it -> it.position() > after)
        .sorted(Comparator.comparingLong(FeedUpdate::position))
        .limit(limit)
        .toList();
  }

  private final class Current implements CurrentStates {
    @Override
    public List<CurrentState> offer(Collection<CurrentState> claims) {
      List<CurrentState> visible = new ArrayList<>();
      synchronized (InMemoryCloudStore.this) {
        CurrentState.joined(claims).forEach(it -> join(it, visible));
      }
      feed.grownTo(position());
      return List.copyOf(visible);
    }

    private void join(CurrentState claim, List<CurrentState> visible) {
      FeedUpdate.MachineChanged kept = states.get(claim.machine());
      CurrentState next = kept == null ? claim : kept.state().join(claim);
      if (kept == null || !next.looksLike(kept.state())) {
        visible.add(next);
        states.put(claim.machine(), new FeedUpdate.MachineChanged(++position, next));
      } else {
        states.put(claim.machine(), new FeedUpdate.MachineChanged(kept.position(), next));
      }
    }

    @Override
    public Optional<CurrentState> find(MachineId machine) {
      synchronized (InMemoryCloudStore.this) {
        return Optional.ofNullable(states.get(machine)).map(FeedUpdate.MachineChanged::state);
      }
    }

    @Override
    public List<CurrentState> ofGym(GymId gym) {
      synchronized (InMemoryCloudStore.this) {
        return states.values().stream()
            .map(FeedUpdate.MachineChanged::state)
            .filter(it -> it.gym().equals(gym))
            .toList();
      }
    }
  }

  private synchronized long position() {
    return position;
  }

  private final class Records implements Gateways {
    @Override
    public Optional<Gateway> find(GatewayId gateway) {
      synchronized (InMemoryCloudStore.this) {
        return Optional.ofNullable(gateways.get(gateway)).map(Kept::gateway);
      }
    }

    @Override
    public List<Gateway> all() {
      synchronized (InMemoryCloudStore.this) {
        return gateways.values().stream().map(Kept::gateway).toList();
      }
    }

    @Override
    public boolean replace(Optional<Gateway> expected, Gateway next) {
      synchronized (InMemoryCloudStore.this) {
        GatewayId id = next.address().gateway();
        Optional<Kept> kept = Optional.ofNullable(gateways.get(id));
        if (!kept.map(Kept::gateway).equals(expected)) {
          return false;
        }
        boolean visible = !expected.flatMap(Gateway::presence).equals(next.presence());
        gateways.put(
            id, new Kept(visible ? ++position : kept.map(Kept::position).orElse(0L), next));
      }
      feed.grownTo(position());
      return true;
    }
  }

  private static final class Plans implements FloorPlans {
    private volatile PlanIndex index = PlanIndex.EMPTY;

    @Override
    public synchronized void register(FloorPlan plan) {
      index = index.with(plan);
    }

    @Override
    public Optional<MachinePlace> locate(MachineId machine) {
      return index.locate(machine);
    }

    @Override
    public Optional<FloorPlan> find(GymId gym) {
      return index.find(gym);
    }

    @Override
    public List<FloorPlan> all() {
      return index.all();
    }
  }

  private final class Unregistered implements UnregisteredMachines {
    @Override
    public void seen(GymId gym, MachineId machine, Instant at) {
      synchronized (InMemoryCloudStore.this) {
        unregistered.merge(
            gym + "/" + machine,
            new UnregisteredMachine(gym, machine, at, at, 1),
            (kept, _) ->
                new UnregisteredMachine(gym, machine, kept.firstSeen(), at, kept.mentions() + 1));
      }
    }

    @Override
    public List<UnregisteredMachine> all() {
      synchronized (InMemoryCloudStore.this) {
        return List.copyOf(unregistered.values());
      }
    }
  }

  private final class View implements CloudView {
    @Override
    public List<FloorPlan> floorPlans() {
      return plans.all();
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
      return records.all().stream().flatMap(it -> it.presence().stream()).toList();
    }

    @Override
    public List<HistoryEntry> history(MachineId machine, Instant from, Instant to) {
      return events.history(machine, from, to);
    }

    @Override
    public List<CategoryBin> aggregates(
        GymId gym, CategoryId category, Instant from, Instant to, Instant now) {
      return aggregates.range(gym, category, from, to, now);
    }
  }
}
