package io.gympulse.cloud.state.dynamo;

import io.gympulse.cloud.state.floor.UnregisteredMachine;
import io.gympulse.cloud.state.floor.UnregisteredMachines;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// An item per machine that was spoken of and is on no floor plan.
final class DynamoUnregisteredMachines implements UnregisteredMachines {
  private static final Comparator<UnregisteredMachine> ORDER =
      Comparator.comparing(UnregisteredMachine::gym).thenComparing(UnregisteredMachine::machine);

  private final String table;
  private final Calls calls;
  private final Reading reading;

  DynamoUnregisteredMachines(Connection connection) {
    this.table = connection.tables().name(Tables.UNREGISTERED);
    this.calls = connection.calls();
    this.reading = connection.reading();
  }

  @Override
  public void seen(GymId gym, MachineId machine, Instant at) {
    UpdateItemRequest update =
        UpdateItemRequest.builder()
            .tableName(table)
            .key(
                Item.build().text("gym", gym.value()).text("machine", machine.value()).attributes())
            .updateExpression(
                "SET firstSeen = if_not_exists(firstSeen, :at), lastSeen = :at ADD mentions :one")
            .expressionAttributeValues(Item.build().time(":at", at).number(":one", 1).attributes())
            .build();
    calls.call(client -> client.updateItem(update));
  }

  @Override
  public List<UnregisteredMachine> all() {
    List<UnregisteredMachine> all = new ArrayList<>();
    reading.scan(
        ScanRequest.builder().tableName(table).consistentRead(true).build(),
        it -> all.add(machine(it)));
    all.sort(ORDER);
    return List.copyOf(all);
  }

  private static UnregisteredMachine machine(Item item) {
    return new UnregisteredMachine(
        new GymId(item.text("gym")),
        new MachineId(item.text("machine")),
        item.time("firstSeen"),
        item.time("lastSeen"),
        item.number("mentions"));
  }
}
