package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.core.aggregate.AggregationBacklog.DirtyWindow;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateway.AffectedWindow;
import io.gympulse.cloud.core.gateway.Gateway.GatewayUpdate;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
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
import io.gympulse.contract.message.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A gym in a store in memory, written to as ingest does: events first, then the gateway's record.
final class TestGym {
  static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("club"), new GatewayId("club-gw"));
  static final CategoryId CARDIO = new CategoryId("cardio");
  static final CategoryId STRENGTH = new CategoryId("strength");
  static final MachineId BIKE = new MachineId("bike");
  static final MachineId ROWER = new MachineId("rower");
  static final MachineId BENCH = new MachineId("bench");

  /// A machine that reports by itself.
  static final MachineId PRESS = new MachineId("press");

  static final OutboxId ONE = new OutboxId(new UUID(7, 1));
  static final OutboxId OTHER = new OutboxId(new UUID(7, 2));

  private static final int MAX_RUNS = 200;

  private final CloudStore store = new InMemoryCloudStore();

  TestGym() {
    store
        .floorPlans()
        .register(
            new FloorPlan(
                new Gym(GATEWAY.gym(), "TestGym", 0, 0, ZoneId.of("UTC")),
                GATEWAY.gateway(),
                List.of(
                    machine(BIKE, CARDIO),
                    machine(ROWER, CARDIO),
                    machine(BENCH, STRENGTH),
                    machine(PRESS, STRENGTH))));
  }

  private static Machine machine(MachineId id, CategoryId category) {
    return new Machine(id, category, id.value(), 0, 0, List.of());
  }

  CloudStore store() {
    return store;
  }

  AggregateStores stores() {
    return AggregateStores.of(store);
  }

  Gateway record() {
    return store.gateways().find(GATEWAY.gateway()).orElseGet(() -> Gateway.initial(GATEWAY));
  }

  void events(OutboxId outbox, MachineEvent... events) {
    store.events().store(GATEWAY, outbox, List.of(events));
    List<AffectedWindow> touched = new ArrayList<>();
    GatewayUpdate news = GatewayUpdate.of(GATEWAY, Coverage.NONE);
    for (MachineEvent event : events) {
      CategoryId category =
          store.floorPlans().locate(event.machine()).orElseThrow().machine().category();
      touched.add(new AffectedWindow(category, event.at()));
      event.summary().ifPresent(it -> touched.add(new AffectedWindow(category, it.from())));
      if (event.standsFor().first().equals(Sequence.FIRST)) {
        news = news.and(GatewayUpdate.of(GATEWAY, Coverage.startingAt(outbox, event.at())));
      }
    }
    update(news.and(GatewayUpdate.stored(GATEWAY, touched)));
  }

  /// Moves the outbox's watermark to `to`.
  void covered(OutboxId outbox, Instant to) {
    update(GatewayUpdate.of(GATEWAY, Coverage.upTo(outbox, to)));
  }

  void begun(OutboxId outbox, Instant from) {
    update(GatewayUpdate.of(GATEWAY, Coverage.startingAt(outbox, from)));
  }

  void report(MachineId machine, MachineStatus status, Instant at) {
    store.events().store(new StatusReport(GATEWAY.gym(), machine, status, at));
    CategoryId category = store.floorPlans().locate(machine).orElseThrow().machine().category();
    Set<DirtyWindow> marks = new HashSet<>();
    Window.touching(at, at.plus(Coverage.OF_REPORT).plusMillis(1))
        .forEach(it -> marks.add(new DirtyWindow(category, it)));
    update(GatewayUpdate.dirty(GATEWAY, marks));
  }

  void update(GatewayUpdate news) {
    boolean stored = false;
    while (!stored) {
      Optional<Gateway> known = store.gateways().find(GATEWAY.gateway());
      stored = store.gateways().replace(known, Gateway.after(known, news, Duration.ofMinutes(5)));
    }
  }

  /// Runs until no window is due.
  int aggregate(Instant now) {
    return aggregate(new Aggregator(stores()), now);
  }

  /// Runs an aggregator until no window is due.
  ///
  /// @return how many items it wrote
  static int aggregate(Aggregator aggregator, Instant now) {
    int written = 0;
    for (int run = 0; run < MAX_RUNS; run++) {
      Aggregator.Outcome outcome = aggregator.aggregate(GATEWAY.gateway(), now);
      written += outcome.written();
      if (outcome.completed()) {
        return written;
      }
    }
    throw new AssertionError("not completed");
  }

  /// All items.
  List<CategoryBin> bins() {
    List<CategoryBin> all = new ArrayList<>();
    for (CategoryId category : List.of(CARDIO, STRENGTH)) {
      all.addAll(
          store
              .aggregates()
              .range(
                  GATEWAY.gym(),
                  category,
                  NOON.minus(Duration.ofDays(80)),
                  NOON.plus(Duration.ofDays(80)),
                  NOON));
    }
    return all;
  }

  static MachineEvent event(long seq, MachineId machine, MachineStatus status, Instant at) {
    return new MachineEvent(
        new Sequence(seq), machine, status, Optional.empty(), at, TimeQuality.SYNCED);
  }

  static Instant minute(double minutes) {
    return NOON.plusMillis(Math.round(minutes * 60_000));
  }
}
