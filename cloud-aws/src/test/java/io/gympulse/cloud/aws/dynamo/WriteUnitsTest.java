package io.gympulse.cloud.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
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
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The cost of storing in write units, as counted by DynamoDB: a gym of 40 machines in 3 categories
/// with 10,000 changes a day, a message of its gateway every 30 seconds, and every quarter of an
/// hour's aggregates computed twice.
class WriteUnitsTest {
  private static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("downtown"), new GatewayId("downtown-gw"));
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final OutboxId OUTBOX = OutboxId.random();
  private static final int MACHINES = 40;
  private static final int CATEGORIES = 3;
  private static final Duration APART = Duration.ofDays(1).dividedBy(10_000);

  private final CapacityMeter meter = new CapacityMeter();
  private final DynamoDbClient client =
      LocalDynamo.builder(LocalDynamo.POLICY)
          .overrideConfiguration(it -> it.addExecutionInterceptor(meter))
          .build();
  private final Tables tables = LocalDynamo.freshTables();
  private final DynamoCloudStore store =
      new DynamoCloudStore(
          new DynamoCalls(client, LocalDynamo.POLICY),
          tables,
          InstantSource.fixed(NOON.plus(Duration.ofDays(1))));
  private final Random random = new Random(1);
  private Optional<Gateway> gateway = Optional.empty();

  @AfterEach
  void close() {
    store.close();
    client.close();
  }

  @Test
  void a_live_transition_costs_at_most_2_4_write_units() {
    store.floorPlans().register(plan());
    List<CurrentState> known =
        IntStream.range(0, MACHINES).mapToObj(it -> state(event(it, NOON))).toList();
    store.current().offer(known);
    double before = meter.written();
    List<MachineEvent> events = events(400);
    for (MachineEvent event : events) {
      store.events().store(GATEWAY, OUTBOX, List.of(event));
      store.current().offer(state(event));
      contact(event.at());
    }
    aggregate(events);
    report("live", (meter.written() - before) / events.size(), 2.4);
  }

  @Test
  void an_event_in_a_backlog_costs_at_most_0_3_write_units() {
    store.floorPlans().register(plan());
    double before = meter.written();
    List<MachineEvent> events = events(5_000);
    for (int from = 0; from < events.size(); from += 1_000) {
      List<MachineEvent> batch = events.subList(from, from + 1_000);
      store.events().store(GATEWAY, OUTBOX, batch);
      store.current().offer(batch.stream().map(it -> state(it).past()).toList());
      contact(batch.getLast().at());
    }
    aggregate(events);
    report("backlog", (meter.written() - before) / events.size(), 0.3);
  }

  private static FloorPlan plan() {
    return new FloorPlan(
        new Gym(GATEWAY.gym(), "Downtown", 47, 8, ZoneId.of("Europe/Zurich")),
        GATEWAY.gateway(),
        IntStream.range(0, MACHINES).mapToObj(WriteUnitsTest::machine).toList());
  }

  private static Machine machine(int number) {
    MachineId id = new MachineId("downtown-machine-%02d".formatted(number));
    return new Machine(id, category(id), "Machine no. " + number, number, 1.5, List.of());
  }

  private void report(String name, double units, double most) {
    System.out.printf("%s: %.3f write units each; %s%n", name, units, meter.writes());
    assertThat(units).as("%s", meter.writes()).isLessThanOrEqualTo(most).isPositive();
    assertThat(meter.writes())
        .containsKeys(tables.name(Tables.EVENTS), tables.name(Tables.GATEWAYS));
  }

  private List<MachineEvent> events(int count) {
    List<MachineEvent> events = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      events.add(event(i, NOON.plus(APART.multipliedBy(i))));
    }
    return events;
  }

  private MachineEvent event(long seq, Instant at) {
    int machine = seq < MACHINES ? (int) seq : random.nextInt(MACHINES);
    return new MachineEvent(
        new Sequence(seq + 1),
        new MachineId("downtown-machine-%02d".formatted(machine)),
        seq % 2 == 0 ? MachineStatus.FREE : MachineStatus.OCCUPIED,
        Optional.empty(),
        at,
        TimeQuality.SYNCED);
  }

  private static CategoryId category(MachineId machine) {
    return new CategoryId("category-" + Math.floorMod(machine.hashCode(), CATEGORIES));
  }

  private static CurrentState state(MachineEvent event) {
    return new CurrentState(
        event.machine(),
        GATEWAY.gym(),
        category(event.machine()),
        event.status(),
        Optional.empty(),
        event.at(),
        event.at(),
        event.seq().value());
  }

  private void contact(Instant at) {
    if (gateway.isPresent()
        && at.isBefore(gateway.get().presence().orElseThrow().lastHeardAt().plusSeconds(30))) {
      return;
    }
    Coverage coverage = Coverage.startingAt(OUTBOX, NOON).join(Coverage.upTo(OUTBOX, at));
    Gateway next =
        new Gateway(
            GATEWAY,
            Optional.of(new GatewayPresence(GATEWAY, true, NOON, at, 0)),
            coverage,
            Gateway.initial(GATEWAY).backlog());
    assertThat(store.gateways().replace(gateway, next)).isTrue();
    gateway = Optional.of(next);
  }

  private void aggregate(List<MachineEvent> events) {
    Map<BinKey, Map<MachineId, MachineBin>> bins = new HashMap<>();
    for (Window window : Window.touching(events.getFirst().at(), events.getLast().at())) {
      events.forEach(
          it ->
              bins.computeIfAbsent(
                      new BinKey(GATEWAY.gym(), category(it.machine()), window),
                      _ -> new HashMap<>())
                  .put(it.machine(), bin()));
    }
    bins.forEach(
        (key, machines) -> {
          CategoryBin first = new CategoryBin(key, machines);
          machines.replaceAll((_, _) -> bin());
          store.aggregates().replace(Optional.empty(), first);
          store.aggregates().replace(Optional.of(first), new CategoryBin(key, machines));
        });
  }

  private MachineBin bin() {
    int occupied = random.nextInt(900_000);
    return new MachineBin(
        occupied, 900_000 - occupied, 0, 7, MachineStatus.FREE, MachineStatus.OCCUPIED);
  }
}
