package io.gympulse.cloud.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.cloud.core.event.Retention;
import io.gympulse.cloud.core.floorplan.FloorPlans.PlanConflictException;
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
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/// Behaviour that only the adapters to DynamoDB have: limits of its calls, pages, races of several
/// processes, stale reads.
class DynamoAdaptersTest {
  private static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("g"), new GatewayId("g-gw"));
  private static final MachineId BIKE = new MachineId("bike");
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final OutboxId OUTBOX = OutboxId.random();

  private Instant now = NOON.plusSeconds(3_600);
  private final Tables tables = LocalDynamo.freshTables();
  private final List<DynamoCloudStore> opened = new ArrayList<>();
  private final DynamoCloudStore store = open();

  private DynamoCloudStore open() {
    InstantSource clock = () -> now;
    DynamoCloudStore another =
        new DynamoCloudStore(
            new DynamoCalls(LocalDynamo.client(), LocalDynamo.POLICY), tables, clock);
    opened.add(another);
    return another;
  }

  @AfterEach
  void close() {
    opened.forEach(DynamoCloudStore::close);
  }

  @Test
  void more_events_of_a_machine_and_hour_than_one_update_takes_are_stored() {
    List<MachineEvent> events =
        LongStream.rangeClosed(1, 450).mapToObj(it -> event(it, NOON.plusSeconds(it))).toList();
    store.events().store(GATEWAY, OUTBOX, events);
    assertThat(store.events().stored(OUTBOX)).containsExactly(SeqRange.of(1, 450));
    assertThat(store.events().history(BIKE, NOON, NOON.plusSeconds(3_600))).hasSize(450);
  }

  @Test
  void events_of_one_hour_are_spread_over_items_before_one_grows_too_large() {
    List<MachineEvent> events =
        LongStream.of(4_095, 4_096, 4_097).mapToObj(it -> event(it, NOON)).toList();
    store.events().store(GATEWAY, OUTBOX, events);
    assertThat(items(Tables.EVENTS)).isEqualTo(2);
    assertThat(store.events().history(BIKE, NOON, NOON.plusSeconds(1)))
        .extracting(HistoryEntry::seq)
        .containsExactly(4_095L, 4_096L, 4_097L);
  }

  @Test
  void of_two_events_with_one_number_in_one_batch_the_first_is_kept() {
    MachineEvent kept = event(1, NOON);
    store.events().store(GATEWAY, OUTBOX, List.of(kept, event(1, NOON.plusSeconds(1))));
    assertThat(store.events().history(BIKE, NOON, NOON.plusSeconds(9)))
        .containsExactly(HistoryEntry.of(OUTBOX, kept));
  }

  @Test
  void the_last_change_is_found_behind_many_empty_items() {
    MachineEvent last = event(1, NOON.minus(Duration.ofDays(3)));
    store.events().store(GATEWAY, OUTBOX, List.of(event(7, last.at().minusSeconds(4_000)), last));
    for (int i = 0; i < 11; i++) {
      MachineEvent later = event(1, NOON.plusSeconds(60));
      store.events().store(GATEWAY, OutboxId.random(), List.of(later));
    }
    assertThat(store.events().lastBefore(BIKE, NOON)).contains(HistoryEntry.of(OUTBOX, last));
  }

  @Test
  void expired_items_that_are_not_removed_yet_are_not_read() {
    store.events().store(GATEWAY, OUTBOX, List.of(event(1, NOON)));
    now = NOON.plus(Retention.EVENTS);
    assertThat(store.events().history(BIKE, Instant.EPOCH, now)).hasSize(1);
    now = NOON.plus(Retention.EVENTS).plusMillis(1);
    assertThat(store.events().history(BIKE, Instant.EPOCH, now)).isEmpty();
    assertThat(store.events().lastBefore(BIKE, now)).isEmpty();
    assertThat(items(Tables.EVENTS)).isEqualTo(1);
  }

  @Test
  void a_scan_reads_every_page() {
    List<MachineEvent> hours =
        LongStream.rangeClosed(1, 9)
            .mapToObj(it -> event(it, NOON.minusSeconds(3_600 * it)))
            .toList();
    store.events().store(GATEWAY, OUTBOX, hours);
    List<Item> found = new ArrayList<>();
    new ItemReader(new DynamoCalls(LocalDynamo.client(), LocalDynamo.POLICY))
        .scan(
            ScanRequest.builder().tableName(tables.name(Tables.EVENTS)).limit(2).build(),
            found::add);
    assertThat(found).hasSize(9);
  }

  @Test
  void the_newest_of_many_claims_wins_when_several_processes_offer_at_once() throws Exception {
    List<DynamoCloudStore> processes = List.of(store, open(), open(), open());
    List<Boolean> visible =
        atOnce(
            40,
            i ->
                () ->
                    processes
                        .get(i % processes.size())
                        .current()
                        .offer(state(BIKE, NOON.plusSeconds(i))));
    assertThat(visible).contains(true);
    assertThat(store.current().find(GATEWAY.gym(), BIKE).orElseThrow().since())
        .isEqualTo(NOON.plusSeconds(39));
  }

  @Test
  void more_machines_than_one_call_reads_are_offered() {
    List<CurrentState> states =
        IntStream.range(0, 230)
            .mapToObj(it -> state(new MachineId("bike-%03d".formatted(it)), NOON))
            .toList();
    assertThat(store.current().offer(states)).hasSize(230);
    assertThat(store.current().offer(states)).isEmpty();
    assertThat(states)
        .allMatch(it -> store.current().find(it.gym(), it.machine()).equals(Optional.of(it)));
  }

  @Test
  void of_two_gyms_that_register_a_machine_concurrently_one_succeeds() throws Exception {
    List<Boolean> registered =
        atOnce(
            6,
            i ->
                () -> {
                  try {
                    store.floorPlans().register(plan("g" + i, List.of(BIKE)));
                    return true;
                  } catch (PlanConflictException e) {
                    return false;
                  }
                });
    assertThat(registered).containsOnlyOnce(true);
    assertThat(store.floorPlans().all()).hasSize(1);
  }

  @Test
  void a_large_plan_that_is_refused_leaves_no_claim_behind() {
    List<MachineId> many = machines(150);
    store.floorPlans().register(plan("owner", List.of(many.getLast())));
    assertThatThrownBy(() -> store.floorPlans().register(plan("large", many)))
        .isInstanceOf(PlanConflictException.class)
        .hasMessageContaining(many.getLast().value())
        .hasMessageContaining("owner");
    store.floorPlans().register(plan("other", many.subList(0, 149)));
    assertThat(store.floorPlans().locate(many.getFirst()).orElseThrow().owner().gym())
        .isEqualTo(new GymId("other"));
  }

  @Test
  void a_machine_that_leaves_a_plan_may_be_claimed_by_another_gym() {
    store.floorPlans().register(plan("g", List.of(BIKE)));
    store.floorPlans().register(plan("g", List.of(new MachineId("rower"))));
    store.floorPlans().register(plan("h", List.of(BIKE)));
    assertThat(store.floorPlans().locate(BIKE).orElseThrow().owner().gym())
        .isEqualTo(new GymId("h"));
  }

  @Test
  void another_process_sees_a_plan_after_the_staleness_at_the_latest() {
    DynamoCloudStore other = open();
    assertThat(other.floorPlans().locate(BIKE)).isEmpty();
    assertThat(other.floorPlans().all()).isEmpty();
    store.floorPlans().register(plan("g", List.of(BIKE)));
    now = now.plus(DynamoFloorPlans.STALENESS);
    assertThat(other.floorPlans().locate(BIKE)).isPresent();
    assertThat(other.floorPlans().all()).hasSize(1);
  }

  private static <T> List<T> atOnce(int times, IntFunction<Callable<T>> call) throws Exception {
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      for (Future<T> result :
          threads.invokeAll(IntStream.range(0, times).mapToObj(call).toList())) {
        results.add(result.get());
      }
    }
    return results;
  }

  private int items(TableDefinition table) {
    return LocalDynamo.client().scan(it -> it.tableName(tables.name(table))).count();
  }

  private static MachineEvent event(long seq, Instant at) {
    return new MachineEvent(
        new Sequence(seq), BIKE, MachineStatus.FREE, Optional.empty(), at, TimeQuality.SYNCED);
  }

  private static CurrentState state(MachineId machine, Instant since) {
    return new CurrentState(
        machine,
        GATEWAY.gym(),
        new CategoryId("cardio"),
        MachineStatus.FREE,
        Optional.empty(),
        since,
        since,
        1);
  }

  private static List<MachineId> machines(int count) {
    return IntStream.range(0, count).mapToObj(it -> new MachineId("m-%03d".formatted(it))).toList();
  }

  private static FloorPlan plan(String gym, List<MachineId> machines) {
    return new FloorPlan(
        new Gym(new GymId(gym), "Gym", 1, 2, ZoneId.of("Europe/Zurich")),
        new GatewayId(gym + "-gw"),
        machines.stream()
            .map(it -> new Machine(it, new CategoryId("cardio"), "Machine", 0, 0, List.of()))
            .toList());
  }
}
