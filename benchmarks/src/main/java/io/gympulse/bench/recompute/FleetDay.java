package io.gympulse.bench.recompute;

import io.gympulse.cloud.core.aggregate.AggregationBacklog.DirtyWindow;
import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateway.GatewayUpdate;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/// Stores a day of 25 gyms with 40 machines in four categories each, with full coverage.
final class FleetDay {
  static final int GYMS = 25;
  static final int CATEGORIES = 4;
  static final int MACHINES_PER_GYM = 40;
  static final Instant START = Instant.parse("2026-05-01T00:00:00Z");
  static final Instant END = START.plus(Duration.ofDays(1));

  private final CloudStore store;

  FleetDay(CloudStore store) {
    this.store = store;
  }

  static List<GatewayId> gateways() {
    List<GatewayId> gateways = new ArrayList<>();
    for (int i = 0; i < GYMS; i++) {
      gateways.add(new GatewayId("gateway-" + i));
    }
    return gateways;
  }

  /// Stores the events of the day.
  ///
  /// @param changes of each machine in the day
  /// @return the number of events
  long fill(int changes) {
    long events = 0;
    for (int gym = 0; gym < GYMS; gym++) {
      GatewayAddress address =
          new GatewayAddress(new GymId("gym-" + gym), new GatewayId("gateway-" + gym));
      FloorPlan plan = plan(address);
      store.floorPlans().register(plan);
      OutboxId outbox = new OutboxId(new UUID(42, gym));
      List<MachineEvent> day = day(plan, changes, new Random(gym));
      store.events().store(address, outbox, day);
      Coverage covered = Coverage.startingAt(outbox, START).join(Coverage.upTo(outbox, END));
      update(GatewayUpdate.of(address, covered));
      events += day.size();
    }
    return events;
  }

  /// Marks every window to be recomputed.
  void markAll() {
    Set<DirtyWindow> marks = new HashSet<>();
    for (Window window : Window.touching(START, END)) {
      for (int i = 0; i < CATEGORIES; i++) {
        marks.add(new DirtyWindow(new CategoryId("category-" + i), window));
      }
    }
    for (Gateway gateway : store.gateways().all()) {
      update(GatewayUpdate.dirty(gateway.address(), marks));
    }
  }

  private void update(GatewayUpdate news) {
    Optional<Gateway> known = store.gateways().find(news.gateway().gateway());
    if (!store.gateways().replace(known, Gateway.after(known, news, Duration.ofMinutes(5)))) {
      throw new IllegalStateException("the gateway's record was changed concurrently");
    }
  }

  private static FloorPlan plan(GatewayAddress address) {
    List<Machine> machines = new ArrayList<>();
    for (int i = 0; i < MACHINES_PER_GYM; i++) {
      machines.add(
          new Machine(
              new MachineId("%s-machine-%d".formatted(address.gym(), i)),
              new CategoryId("category-" + i % CATEGORIES),
              "Machine " + i,
              0,
              0,
              List.of()));
    }
    Gym gym = new Gym(address.gym(), address.gym().value(), 0, 0, ZoneId.of("UTC"));
    return new FloorPlan(gym, address.gateway(), machines);
  }

  /// Changes at random times, numbered in order of time.
  private static List<MachineEvent> day(FloorPlan plan, int changes, Random random) {
    record Change(Instant at, MachineId machine, MachineStatus status) {}
    List<Change> all = new ArrayList<>();
    long length = Duration.between(START, END).toMillis();
    for (Machine machine : plan.machines()) {
      long[] at = random.longs(changes, 0, length).sorted().toArray();
      for (int i = 0; i < changes; i++) {
        MachineStatus status = i % 2 == 0 ? MachineStatus.OCCUPIED : MachineStatus.FREE;
        all.add(new Change(START.plusMillis(at[i]), machine.id(), status));
      }
    }
    all.sort(Comparator.comparing(Change::at));
    List<MachineEvent> events = new ArrayList<>();
    for (Change it : all) {
      events.add(
          new MachineEvent(
              new Sequence(events.size() + 1),
              it.machine(),
              it.status(),
              Optional.empty(),
              it.at(),
              TimeQuality.SYNCED));
    }
    return events;
  }
}
