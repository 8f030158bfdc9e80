package io.gympulse.cloud.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.core.query.Branch.BranchSummary;
import io.gympulse.cloud.core.query.CloudQueries;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// The calls and the read units of each query: three gyms of 40 machines, all with a state.
class DynamoQueriesTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final CategoryId CARDIO = new CategoryId("cardio");
  private static final GymId GYM = new GymId("gym-1");
  private static final MachineId MACHINE = new MachineId("gym-1-machine-7");

  private final Tables tables = LocalDynamo.freshTables();
  private final CallHook calls = CallHook.recording();
  private final CapacityMeter meter = new CapacityMeter();
  private final DynamoDbClient client =
      LocalDynamo.builder(LocalDynamo.POLICY)
          .overrideConfiguration(
              it -> it.addExecutionInterceptor(calls).addExecutionInterceptor(meter))
          .build();
  private final DynamoCloudStore store =
      new DynamoCloudStore(
          new DynamoCalls(client, LocalDynamo.POLICY), tables, DynamoCloudStoreTest.CLOCK);
  private final CloudQueries queries = store.queries();

  @BeforeEach
  void register() {
    try (DynamoCloudStore other = DynamoCloudStoreTest.store(tables)) {
      for (int gym = 0; gym < 3; gym++) {
        FloorPlan plan = plan("gym-" + gym);
        other.floorPlans().register(plan);
        other
            .current()
            .offer(plan.machines().stream().map(it -> state(plan.gym().id(), it.id())).toList());
      }
    }
  }

  @AfterEach
  void close() {
    store.close();
    client.close();
  }

  @Test
  void a_branch_is_read_by_two_items_and_one_partition() {
    assertThat(queries.branches().find(GYM).orElseThrow().machines()).hasSize(40);
    assertThat(calls()).containsExactlyInAnyOrder("GetItem", "Query", "GetItem");
    assertThat(meter.read()).isLessThanOrEqualTo(3);
  }

  @Test
  void a_gym_that_is_not_registered_is_read_once() {
    assertThat(queries.branches().find(new GymId("nowhere"))).isEmpty();
    assertThat(calls()).containsExactlyInAnyOrder("GetItem", "Query");
  }

  @Test
  void a_page_of_summaries_is_read_by_one_query_each_and_two_calls() {
    Page<BranchSummary, GymId> first = queries.branches().summaries(Optional.empty(), 2);
    assertThat(first.items()).hasSize(2);
    assertThat(calls()).containsExactlyInAnyOrder("Query", "BatchGetItem", "Query", "Query");
    Page<BranchSummary, GymId> last = queries.branches().summaries(first.next(), 2);
    assertThat(last.items()).hasSize(1);
    assertThat(last.next()).isEmpty();
    assertThat(calls()).containsExactlyInAnyOrder("Query", "BatchGetItem", "Query");
  }

  @Test
  void a_machine_is_read_by_its_owner_a_batch_and_the_gateway() {
    assertThat(queries.machines().find(MACHINE)).isPresent();
    assertThat(tablesOf(calls.next()))
        .containsExactly(
            List.of(Tables.FLOOR_CLAIMS),
            List.of(Tables.CURRENT_STATE, Tables.BRANCHES),
            List.of(Tables.GATEWAYS));
    assertThat(queries.machines().find(MACHINE)).isPresent();
    assertThat(calls()).as("the owner is cached").containsExactly("BatchGetItem", "GetItem");
    assertThat(queries.machines().find(new MachineId("nowhere"))).isEmpty();
    assertThat(calls()).containsExactly("GetItem");
  }

  @Test
  void history_and_aggregates_are_read_by_queries() {
    queries.machines().history(MACHINE, NOON, NOON.plusSeconds(60));
    queries.aggregates().range(GYM, CARDIO, NOON, NOON.plusSeconds(60), NOON);
    assertThat(calls()).isNotEmpty().containsOnly("Query");
  }

  @Test
  void reads_are_eventually_consistent_except_of_the_owner() {
    queries.branches().find(GYM);
    queries.branches().summaries(Optional.empty(), 9);
    queries.machines().find(MACHINE);
    queries.machines().history(MACHINE, NOON, NOON.plusSeconds(60));
    queries.aggregates().range(GYM, CARDIO, NOON, NOON.plusSeconds(60), NOON);
    assertThat(calls.next().stream().filter(DynamoQueriesTest::isConsistent).toList())
        .extracting(it -> it.getValueForField("TableName", String.class).orElseThrow())
        .containsExactly(tables.name(Tables.FLOOR_CLAIMS));
  }

  private static boolean isConsistent(SdkRequest request) {
    return switch (request) {
      case GetItemRequest it -> Boolean.TRUE.equals(it.consistentRead());
      case QueryRequest it -> Boolean.TRUE.equals(it.consistentRead());
      case BatchGetItemRequest it ->
          it.requestItems().values().stream().anyMatch(KeysAndAttributes::consistentRead);
      default -> throw new AssertionError(request);
    };
  }

  private List<String> calls() {
    return calls.next().stream()
        .map(it -> it.getClass().getSimpleName().replace("Request", ""))
        .toList();
  }

  private List<List<TableDefinition>> tablesOf(List<SdkRequest> requests) {
    return requests.stream()
        .map(request -> Tables.ALL.stream().filter(it -> reads(request, it)).toList())
        .toList();
  }

  private boolean reads(SdkRequest request, TableDefinition table) {
    String name = tables.name(table);
    return switch (request) {
      case GetItemRequest it -> it.tableName().equals(name);
      case BatchGetItemRequest it -> it.requestItems().containsKey(name);
      default -> throw new AssertionError(request);
    };
  }

  private static FloorPlan plan(String gym) {
    return new FloorPlan(
        new Gym(new GymId(gym), "Gym in the street of its name", 47, 8, ZoneId.of("UTC")),
        new GatewayId(gym + "-gw"),
        IntStream.range(0, 40)
            .mapToObj(it -> new MachineId("%s-machine-%d".formatted(gym, it)))
            .map(it -> new Machine(it, CARDIO, "Treadmill at the window", 12.5, 7.25, List.of()))
            .toList());
  }

  private static CurrentState state(GymId gym, MachineId machine) {
    return new CurrentState(
        machine, gym, CARDIO, MachineStatus.FREE, Optional.empty(), NOON, NOON, 1);
  }
}
