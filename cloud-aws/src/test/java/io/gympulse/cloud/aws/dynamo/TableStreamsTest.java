package io.gympulse.cloud.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

class TableStreamsTest {
  private static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("g"), new GatewayId("g-gw"));
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final Tables tables = LocalDynamo.freshTables();
  private final DynamoCloudStore store = DynamoCloudStoreTest.store(tables);
  private final DynamoDbStreamsClient streams = LocalDynamo.streams();

  @AfterEach
  void close() {
    streams.close();
    store.close();
  }

  @Test
  void a_machine_s_stream_gives_visible_changes() {
    CurrentState free = state(MachineStatus.FREE, NOON, NOON);
    CurrentState again = state(MachineStatus.FREE, NOON, NOON.plusSeconds(60));
    CurrentState busy =
        state(MachineStatus.OCCUPIED, NOON.plusSeconds(90), NOON.plusSeconds(90)).past();
    CurrentState present = state(MachineStatus.OCCUPIED, NOON.plusSeconds(90), busy.asOf());
    for (CurrentState it : List.of(free, again, busy, present)) {
      store.current().offer(it);
    }
    List<FeedUpdate> updates = new ArrayList<>();
    for (Record change : changes(Tables.CURRENT_STATE)) {
      StreamRecords.ofCurrentState(updates.size(), before(change), after(change))
          .ifPresent(updates::add);
    }
    assertThat(updates)
        .containsExactly(
            new FeedUpdate.MachineChanged(0, free),
            new FeedUpdate.MachineChanged(1, again.join(busy)),
            new FeedUpdate.MachineChanged(2, again.join(present)));
  }

  @Test
  void a_floor_plan_that_changes_places_gives_no_update() {
    CurrentState free = state(MachineStatus.FREE, NOON, NOON);
    CurrentState used = state(MachineStatus.OCCUPIED, NOON.plusSeconds(9), NOON.plusSeconds(9));
    store.floorPlans().register(plan(1));
    store.current().offer(free);
    store.floorPlans().register(plan(2));
    store.current().offer(used);
    store.floorPlans().remove(GATEWAY.gym());
    List<Record> changes = changes(Tables.CURRENT_STATE);
    assertThat(changes).hasSize(5);
    assertThat(changes)
        .flatExtracting(
            it -> StreamRecords.ofCurrentState(0, before(it), after(it)).stream().toList())
        .containsExactly(
            new FeedUpdate.MachineChanged(0, free),
            new FeedUpdate.MachineChanged(0, free.join(used)));
  }

  private static FloorPlan plan(double x) {
    return new FloorPlan(
        new Gym(GATEWAY.gym(), "Gym", 1, 2, ZoneId.of("UTC")),
        GATEWAY.gateway(),
        List.of(
            new Machine(new MachineId("bike"), new CategoryId("cardio"), "Bike", x, 0, List.of())));
  }

  @Test
  void a_gateway_s_stream_gives_its_presence_and_not_its_backlog() {
    Gateway unheard = Gateway.initial(GATEWAY);
    GatewayPresence online = new GatewayPresence(GATEWAY, true, NOON, NOON, 3);
    Gateway heard = Gateway.of(online);
    Gateway covered =
        new Gateway(
            GATEWAY,
            Optional.of(online),
            Coverage.startingAt(OutboxId.random(), NOON),
            heard.backlog());
    store.gateways().replace(Optional.empty(), unheard);
    store.gateways().replace(Optional.of(unheard), heard);
    store.gateways().replace(Optional.of(heard), covered);
    List<FeedUpdate> updates = new ArrayList<>();
    for (Record change : changes(Tables.GATEWAYS)) {
      StreamRecords.ofGateway(updates.size(), before(change), after(change))
          .ifPresent(updates::add);
    }
    assertThat(updates).containsExactly(new FeedUpdate.PresenceChanged(0, online));
  }

  @Test
  void a_removed_item_is_no_update() {
    store.current().offer(state(MachineStatus.FREE, NOON, NOON));
    Map<String, AttributeValue> image = after(changes(Tables.CURRENT_STATE).getFirst());
    assertThat(StreamRecords.ofCurrentState(1, image, Map.of())).isEmpty();
    assertThat(StreamRecords.ofGateway(1, Map.of(), Map.of())).isEmpty();
  }

  private List<Record> changes(TableDefinition table) {
    String stream =
        LocalDynamo.client()
            .describeTable(it -> it.tableName(tables.name(table)))
            .table()
            .latestStreamArn();
    List<Record> changes = new ArrayList<>();
    for (Shard shard :
        streams.describeStream(it -> it.streamArn(stream)).streamDescription().shards()) {
      String iterator =
          streams
              .getShardIterator(
                  it ->
                      it.streamArn(stream)
                          .shardId(shard.shardId())
                          .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
              .shardIterator();
      changes.addAll(streams.getRecords(it -> it.shardIterator(iterator)).records());
    }
    return changes;
  }

  private static Map<String, AttributeValue> before(Record change) {
    return change.dynamodb().oldImage();
  }

  private static Map<String, AttributeValue> after(Record change) {
    return change.dynamodb().newImage();
  }

  private static CurrentState state(MachineStatus status, Instant since, Instant asOf) {
    return new CurrentState(
        new MachineId("bike"),
        GATEWAY.gym(),
        new CategoryId("cardio"),
        status,
        Optional.empty(),
        since,
        asOf,
        0);
  }
}
