package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.arrears.Mark;
import io.gympulse.cloud.core.coverage.Coverage;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.GatewayNews;
import io.gympulse.cloud.core.gateway.Touched;
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

/// A gym's part of the store, and what reaches it: as ingest writes it, events first and then the
/// gateway's record.
final class Club {
  static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("club"), new GatewayId("club-gw"));
  static final CategoryId CARDIO = new CategoryId("cardio");
  static final CategoryId STRENGTH = new CategoryId("strength");
  static final MachineId BIKE = new MachineId("bike");
  static final MachineId ROWER = new MachineId("rower");
  static final MachineId BENCH = new MachineId("bench");

  /// Reports by itself.
  static final MachineId PRESS = new MachineId("press");

  static final OutboxId ONE = new OutboxId(new UUID(7, 1));
  static final OutboxId OTHER = new OutboxId(new UUID(7, 2));

  private static final int MOST_RUNS = 200;

  private final CloudStore store = new InMemoryCloudStore();

  Club() {
    store
        .floorPlans()
        .register(
            new FloorPlan(
                new Gym(GATEWAY.gym(), "Club", 0, 0, ZoneId.of("UTC")),
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
    return store.gateways().find(GATEWAY.gateway()).orElseGet(() -> Gateway.unheard(GATEWAY));
  }

  void events(OutboxId outbox, MachineEvent... events) {
    store.events().store(GATEWAY, outbox, List.of(events));
    List<Touched> touched = new ArrayList<>();
    GatewayNews news = GatewayNews.of(GATEWAY, Coverage.NONE);
    for (MachineEvent event : events) {
      CategoryId category =
          store.floorPlans().locate(event.machine()).orElseThrow().machine().category();
      touched.add(new Touched(category, event.at()));
      event.summary().ifPresent(it -> touched.add(new Touched(category, it.from())));
      if (event.standsFor().first().equals(Sequence.FIRST)) {
        news = news.and(GatewayNews.of(GATEWAY, Coverage.begun(outbox, event.at())));
      }
    }
    tell(news.and(GatewayNews.stored(GATEWAY, touched)));
  }

  /// The outbox is empty, and nothing before `to` will be revised.
  void covered(OutboxId outbox, Instant to) {
    tell(GatewayNews.of(GATEWAY, Coverage.reached(outbox, to)));
  }

  void begun(OutboxId outbox, Instant from) {
    tell(GatewayNews.of(GATEWAY, Coverage.begun(outbox, from)));
  }

  void report(MachineId machine, MachineStatus status, Instant at) {
    store.events().store(new StatusReport(GATEWAY.gym(), machine, status, at));
    CategoryId category = store.floorPlans().locate(machine).orElseThrow().machine().category();
    Set<Mark> marks = new HashSet<>();
    Window.touching(at, at.plus(Coverage.OF_REPORT).plusMillis(1))
        .forEach(it -> marks.add(new Mark(category, it)));
    tell(GatewayNews.marked(GATEWAY, marks));
  }

  void tell(GatewayNews news) {
    boolean kept = false;
    while (!kept) {
      Optional<Gateway> known = store.gateways().find(GATEWAY.gateway());
      kept = store.gateways().replace(known, Gateway.after(known, news, Duration.ofMinutes(5)));
    }
  }

  /// Runs until nothing is left to do.
  int aggregate(Instant now) {
    return aggregate(new Aggregator(stores()), now);
  }

  /// Lets an aggregator run until nothing is left to do.
  ///
  /// @return how many items it wrote
  static int aggregate(Aggregator aggregator, Instant now) {
    int written = 0;
    for (int run = 0; run < MOST_RUNS; run++) {
      Aggregator.Outcome outcome = aggregator.aggregate(GATEWAY.gateway(), now);
      written += outcome.written();
      if (outcome.settled()) {
        return written;
      }
    }
    throw new AssertionError("not settled");
  }

  /// Every item there is.
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
