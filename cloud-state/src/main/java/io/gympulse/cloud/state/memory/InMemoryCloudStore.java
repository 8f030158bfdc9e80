package io.gympulse.cloud.state.memory;

import io.gympulse.cloud.state.aggregate.Aggregates;
import io.gympulse.cloud.state.aggregate.CategoryBin;
import io.gympulse.cloud.state.current.CurrentState;
import io.gympulse.cloud.state.current.CurrentStates;
import io.gympulse.cloud.state.event.EventStore;
import io.gympulse.cloud.state.event.HistoryEntry;
import io.gympulse.cloud.state.feed.FeedPump;
import io.gympulse.cloud.state.feed.FeedUpdate;
import io.gympulse.cloud.state.feed.UpdateFeed;
import io.gympulse.cloud.state.floor.FloorPlans;
import io.gympulse.cloud.state.floor.MachinePlace;
import io.gympulse.cloud.state.floor.PlanIndex;
import io.gympulse.cloud.state.floor.UnregisteredMachine;
import io.gympulse.cloud.state.floor.UnregisteredMachines;
import io.gympulse.cloud.state.presence.GatewayPresence;
import io.gympulse.cloud.state.presence.Presences;
import io.gympulse.cloud.state.store.CloudStore;
import io.gympulse.cloud.state.store.CloudView;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The whole store in maps, behind one lock.
public final class InMemoryCloudStore implements CloudStore {
  private final InMemoryEventStore events = new InMemoryEventStore();
  private final InMemoryAggregates aggregates = new InMemoryAggregates();
  private final Map<MachineId, FeedUpdate.MachineChanged> states = new TreeMap<>();
  private final Map<GatewayId, FeedUpdate.PresenceChanged> presences = new TreeMap<>();
  private final Map<String, UnregisteredMachine> unregistered = new TreeMap<>();
  private final Map<MachineId, CurrentState> unseen = new HashMap<>();
  private final FeedPump feed = new FeedPump(this::updatesAfter, 0);
  private final Current current = new Current();
  private final Presence presence = new Presence();
  private final Plans plans = new Plans();
  private long position;

  @Override
  public EventStore events() {
    return events;
  }

  @Override
  public CurrentStates current() {
    return current;
  }

  @Override
  public Presences presences() {
    return presence;
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
    updates.addAll(presences.values());
    return updates.stream()
        .filter(it -> it.position() > after)
        .sorted(Comparator.comparingLong(FeedUpdate::position))
        .limit(limit)
        .toList();
  }

  private final class Current implements CurrentStates {
    @Override
    public boolean offer(CurrentState state) {
      synchronized (InMemoryCloudStore.this) {
        Optional<CurrentState> kept = find(state.machine());
        if (kept.isPresent() && !state.newerThan(kept.get())) {
          return false;
        }
        if (kept.isPresent() && state.looksLike(kept.get())) {
          unseen.put(state.machine(), state);
          return false;
        }
        unseen.remove(state.machine());
        states.put(state.machine(), new FeedUpdate.MachineChanged(++position, state));
      }
      feed.grownTo(position());
      return true;
    }

    @Override
    public Optional<CurrentState> find(MachineId machine) {
      synchronized (InMemoryCloudStore.this) {
        return Optional.ofNullable(unseen.get(machine))
            .or(
                () ->
                    Optional.ofNullable(states.get(machine)).map(FeedUpdate.MachineChanged::state));
      }
    }

    @Override
    public List<CurrentState> ofGym(GymId gym) {
      synchronized (InMemoryCloudStore.this) {
        return states.keySet().stream()
            .flatMap(it -> find(it).stream())
            .filter(it -> it.gym().equals(gym))
            .toList();
      }
    }
  }

  private synchronized long position() {
    return position;
  }

  private final class Presence implements Presences {
    @Override
    public Optional<GatewayPresence> find(GatewayId gateway) {
      synchronized (InMemoryCloudStore.this) {
        return Optional.ofNullable(presences.get(gateway))
            .map(FeedUpdate.PresenceChanged::presence);
      }
    }

    @Override
    public List<GatewayPresence> all() {
      synchronized (InMemoryCloudStore.this) {
        return presences.values().stream().map(FeedUpdate.PresenceChanged::presence).toList();
      }
    }

    @Override
    public boolean replace(Optional<GatewayPresence> expected, GatewayPresence next) {
      synchronized (InMemoryCloudStore.this) {
        GatewayId id = next.gateway().gateway();
        if (!find(id).equals(expected)) {
          return false;
        }
        if (expected.isPresent() && expected.get().equals(next)) {
          return true;
        }
        presences.put(id, new FeedUpdate.PresenceChanged(++position, next));
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
      return presence.all();
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
