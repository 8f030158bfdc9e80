package io.gympulse.cloud.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.query.Branch;
import io.gympulse.cloud.core.query.Branch.BranchDetail;
import io.gympulse.cloud.core.query.Branch.BranchMachine;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// What queries return after floor plans were written: by one process, by one that died, by several
/// at once.
class BranchProjectionTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final CategoryId CARDIO = new CategoryId("cardio");
  private static final GymId GYM = new GymId("g");
  private static final MachineId BIKE = new MachineId("bike");
  private static final MachineId ROWER = new MachineId("rower");
  private static final MachineId PRESS = new MachineId("press");
  private static final FloorPlan EARLIER = plan("Earlier", "g-gw", 1, BIKE, ROWER);
  private static final FloorPlan LATER = plan("Later", "g-gw-2", 2, PRESS, BIKE);
  private static final FloorPlan OTHER = plan("Other", "g-gw-3", 3, ROWER, PRESS);

  private final Tables tables = LocalDynamo.freshTables();

  @Test
  void a_plan_that_is_registered_again_writes_no_place_and_no_branch() {
    CapacityMeter meter = new CapacityMeter();
    try (DynamoDbClient client =
            LocalDynamo.builder(LocalDynamo.POLICY)
                .overrideConfiguration(it -> it.addExecutionInterceptor(meter))
                .build();
        DynamoCloudStore store = store(client)) {
      store.floorPlans().register(EARLIER);
      store.current().offer(state(BIKE));
      Map<String, Double> before = meter.writes();
      store.floorPlans().register(EARLIER);
      assertThat(projected(meter.writes())).isEqualTo(projected(before)).containsExactly(3.0, 1.0);
      store.floorPlans().register(plan("Earlier", "g-gw", 1, BIKE));
      assertThat(projected(meter.writes())).containsExactly(4.0, 1.0);
    }
  }

  /// Of the machines and of the branches.
  private List<Double> projected(Map<String, Double> units) {
    return Stream.of(Tables.CURRENT_STATE, Tables.BRANCHES)
        .map(it -> units.getOrDefault(tables.name(it), 0.0))
        .toList();
  }

  @Test
  void a_place_without_a_state_is_no_state() {
    use(store -> store.floorPlans().register(EARLIER));
    use(store -> assertThat(store.current().find(GYM, BIKE)).isEmpty());
    use(store -> store.floorPlans().remove(GYM));
    assertThat(LocalDynamo.client().scan(it -> it.tableName(tables.name(Tables.CURRENT_STATE))))
        .matches(it -> it.count() == 0);
  }

  @Test
  void a_registration_that_died_at_any_write_is_completed_by_another_one() {
    completes(store -> store.floorPlans().register(LATER), Optional.of(LATER));
  }

  @Test
  void a_removal_that_died_at_any_write_is_completed_by_another_one() {
    completes(store -> store.floorPlans().remove(GYM), Optional.empty());
  }

  /// Lets the change die at its first write, then at its second, and so on.
  private void completes(Consumer<DynamoCloudStore> change, Optional<FloorPlan> plan) {
    boolean died = true;
    for (int write = 1; died; write++) {
      use(store -> store.floorPlans().register(EARLIER));
      use(store -> store.current().offer(state(BIKE)));
      use(store -> store.current().offer(state(ROWER)));
      died = dies(change, write);
      use(change);
      follows(plan);
      use(store -> store.floorPlans().register(single("h", ROWER)));
      use(store -> store.floorPlans().remove(new GymId("h")));
      assertThat(died || write > 5).as("writes of a change").isTrue();
    }
  }

  private boolean dies(Consumer<DynamoCloudStore> change, int at) {
    AtomicInteger writes = new AtomicInteger();
    CallHook dying =
        CallHook.beforeWrites(
            () -> {
              if (writes.incrementAndGet() >= at) {
                throw SdkClientException.create("the process is dead");
              }
            });
    try (DynamoDbClient client = dying.client();
        DynamoCloudStore store = store(client)) {
      change.accept(store);
      return false;
    } catch (StoreUnavailableException e) {
      return true;
    }
  }

  @Test
  void another_registration_at_any_write_leaves_one_plan() {
    interleaves(store -> store.floorPlans().register(OTHER));
  }

  @Test
  void a_removal_at_any_write_leaves_one_plan_or_none() {
    interleaves(store -> store.floorPlans().remove(GYM));
  }

  @Test
  void a_state_that_arrives_at_any_write_is_kept() {
    List<CurrentState> claims = new ArrayList<>();
    interleaves(
        store -> {
          claims.add(state(ROWER, NOON.plusSeconds(claims.size())));
          store.current().offer(claims.getLast());
          assertThat(store.current().find(GYM, ROWER).orElseThrow().since())
              .isEqualTo(claims.getLast().since());
        });
    use(
        store ->
            assertThat(store.current().find(GYM, ROWER).orElseThrow().since())
                .isEqualTo(claims.getLast().since()));
  }

  /// Lets another process make a change just before the first write of a registration, then before
  /// its second, and so on.
  private void interleaves(Consumer<DynamoCloudStore> other) {
    boolean interleaved = true;
    for (int write = 1; interleaved; write++) {
      use(store -> store.floorPlans().register(EARLIER));
      use(store -> store.current().offer(state(BIKE)));
      AtomicInteger left = new AtomicInteger(write);
      CallHook hook =
          CallHook.beforeWrites(
              () -> {
                if (left.decrementAndGet() == 0) {
                  use(other);
                }
              });
      try (DynamoDbClient client = hook.client();
          DynamoCloudStore store = store(client)) {
        store.floorPlans().register(LATER);
      }
      interleaved = left.get() <= 0;
      followsTheStoredPlan();
      assertThat(interleaved || write > 5).as("writes of a registration").isTrue();
    }
  }

  @Test
  void concurrent_registrations_of_one_gym_leave_one_plan() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (int round = 0; round < 10; round++) {
        List<Future<?>> running =
            Stream.of(EARLIER, LATER, OTHER)
                .<Future<?>>map(
                    plan -> threads.submit(() -> use(store -> store.floorPlans().register(plan))))
                .toList();
        for (Future<?> it : running) {
          it.get();
        }
        followsTheStoredPlan();
      }
    }
  }

  private void followsTheStoredPlan() {
    List<Optional<FloorPlan>> stored = new ArrayList<>();
    use(store -> stored.add(store.floorPlans().find(GYM)));
    follows(stored.getFirst());
  }

  /// Checks queries, claims and that no place is left behind.
  private void follows(Optional<FloorPlan> plan) {
    use(
        store -> {
          Optional<BranchDetail> branch =
              plan.map(
                  it ->
                      new BranchDetail(
                          Branch.of(it, Optional.empty()),
                          it.machines().stream()
                              .map(of -> BranchMachine.of(of, store.current().find(GYM, of.id())))
                              .toList()));
          assertThat(store.queries().branches().find(GYM)).isEqualTo(branch);
          for (MachineId machine : List.of(BIKE, ROWER, PRESS)) {
            boolean isOnPlan = plan.flatMap(it -> it.machine(machine)).isPresent();
            assertThat(store.queries().machines().find(machine).isPresent()).isEqualTo(isOnPlan);
            assertThat(store.floorPlans().locate(machine).isPresent()).isEqualTo(isOnPlan);
          }
        });
    long places =
        LocalDynamo.client()
            .scan(it -> it.tableName(tables.name(Tables.CURRENT_STATE)))
            .items()
            .stream()
            .filter(it -> it.containsKey("ordinal"))
            .count();
    assertThat(places).isEqualTo(plan.map(it -> it.machines().size()).orElse(0).longValue());
  }

  /// In a process of its own, which has read nothing yet.
  private void use(Consumer<DynamoCloudStore> use) {
    try (DynamoCloudStore store = store(LocalDynamo.client())) {
      use.accept(store);
    }
  }

  private DynamoCloudStore store(DynamoDbClient client) {
    return new DynamoCloudStore(
        new DynamoCalls(client, LocalDynamo.POLICY), tables, DynamoCloudStoreTest.CLOCK);
  }

  private static FloorPlan plan(String name, String gateway, double x, MachineId... machines) {
    return new FloorPlan(
        new Gym(GYM, name, 1, 2, ZoneId.of("Europe/Zurich")),
        new GatewayId(gateway),
        Stream.of(machines).map(it -> new Machine(it, CARDIO, name, x, -0.0, List.of())).toList());
  }

  private static FloorPlan single(String gym, MachineId machine) {
    return new FloorPlan(
        new Gym(new GymId(gym), "Gym", 1, 2, ZoneId.of("UTC")),
        new GatewayId(gym + "-gw"),
        List.of(new Machine(machine, CARDIO, "Machine", 0, 0, List.of())));
  }

  private static CurrentState state(MachineId machine) {
    return state(machine, NOON);
  }

  private static CurrentState state(MachineId machine, Instant since) {
    return new CurrentState(
        machine, GYM, CARDIO, MachineStatus.FREE, Optional.empty(), since, since, 1);
  }
}
