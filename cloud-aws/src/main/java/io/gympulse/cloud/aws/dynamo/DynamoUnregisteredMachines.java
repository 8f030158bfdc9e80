package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.floorplan.UnregisteredMachines;
import io.gympulse.cloud.core.floorplan.UnregisteredMachines.UnregisteredMachine;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// An item per unregistered machine. Pages list the gyms in any order.
final class DynamoUnregisteredMachines implements UnregisteredMachines {
  private final String table;
  private final DynamoContext context;

  DynamoUnregisteredMachines(DynamoContext context) {
    this.table = context.tables().name(Tables.UNREGISTERED);
    this.context = context;
  }

  @Override
  public boolean report(GymId gym, MachineId machine, Instant at) {
    UpdateItemRequest again =
        UpdateItemRequest.builder()
            .tableName(table)
            .key(key(new UnregisteredMachine.Key(gym, machine)))
            .updateExpression(
                "SET firstSeen = if_not_exists(firstSeen, :at), lastSeen = :at, expires = :expires"
                    + " ADD mentions :one")
            .conditionExpression("attribute_exists(gym)")
            .expressionAttributeValues(
                Item.build()
                    .time(":at", at)
                    .expires(":expires", at.plus(KEPT))
                    .number(":one", 1)
                    .attributes())
            .build();
    if (context.calls().callIf(client -> client.updateItem(again))) {
      return true;
    }
    if (isFull(gym)) {
      return false;
    }
    UpdateItemRequest first = again.toBuilder().conditionExpression(null).build();
    context.calls().call(client -> client.updateItem(first));
    return true;
  }

  private boolean isFull(GymId gym) {
    QueryRequest ofGym =
        QueryRequest.builder()
            .tableName(table)
            .keyConditionExpression("gym = :gym")
            .expressionAttributeValues(Item.build().text(":gym", gym.value()).attributes())
            .projectionExpression("machine")
            .limit(MOST_PER_GYM)
            .build();
    return context.reading().list(ofGym).size() >= MOST_PER_GYM;
  }

  static void adopted(DynamoContext context, FloorPlan plan) {
    String table = context.tables().name(Tables.UNREGISTERED);
    context
        .parallel()
        .forEach(
            plan.machines(),
            machine ->
                context
                    .calls()
                    .call(
                        client ->
                            client.deleteItem(
                                it ->
                                    it.tableName(table)
                                        .key(
                                            key(
                                                new UnregisteredMachine.Key(
                                                    plan.gym().id(), machine.id()))))));
  }

  @Override
  public Page<UnregisteredMachine, UnregisteredMachine.Key> page(
      Optional<UnregisteredMachine.Key> after, int size) {
    ScanRequest.Builder scan =
        ScanRequest.builder().tableName(table).consistentRead(true).limit(Page.requireSize(size));
    after.ifPresent(it -> scan.exclusiveStartKey(key(it)));
    Page<Item, Item> page = context.reading().page(scan.build());
    return new Page<>(
        page.items().stream().map(DynamoUnregisteredMachines::machine).toList(),
        page.next().map(DynamoUnregisteredMachines::key));
  }

  private static Map<String, AttributeValue> key(UnregisteredMachine.Key key) {
    return Item.build()
        .text("gym", key.gym().value())
        .text("machine", key.machine().value())
        .attributes();
  }

  private static UnregisteredMachine.Key key(Item item) {
    return new UnregisteredMachine.Key(
        new GymId(item.text("gym")), new MachineId(item.text("machine")));
  }

  private static UnregisteredMachine machine(Item item) {
    UnregisteredMachine.Key key = key(item);
    return new UnregisteredMachine(
        key.gym(),
        key.machine(),
        item.time("firstSeen"),
        item.time("lastSeen"),
        item.number("mentions"));
  }
}
