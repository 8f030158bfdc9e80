package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.current.CurrentState.PreviousStatus;
import io.gympulse.cloud.core.query.Branch.BranchMachine;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// A machine of a gym as an item: its place on the gym's floor plan and its current state. Each is
/// written without the other, so that neither overwrites the other.
///
/// @param place empty if the floor plan does not contain the machine
/// @param state empty before the machine's first one
/// @param version counts the writes of the state, for compare-and-set; 0 before the first one
record CurrentStateItem(
    CurrentState.Key key,
    Optional<MachinePlace> place,
    Optional<CurrentState> state,
    long version) {
  private static final Set<String> STATE =
      Set.of(
          "category",
          "status",
          "reason",
          "since",
          "asOf",
          "seq",
          "present",
          "version",
          "before",
          "beforeSince",
          "beforeAsOf",
          "beforeSeq");

  static CurrentStateItem of(Item item) {
    return new CurrentStateItem(
        key(item), MachinePlace.of(item), state(item), item.optionalNumber("version").orElse(0L));
  }

  /// Empty if the item has only a place.
  static Optional<CurrentState> state(Item item) {
    if (item.optionalNumber("version").isEmpty()) {
      return Optional.empty();
    }
    CurrentState.Key key = key(item);
    return Optional.of(
        new CurrentState(
            key.machine(),
            key.gym(),
            new CategoryId(item.text("category")),
            item.named("status", MachineStatus::ofWireName),
            item.optionalText("reason").flatMap(UnknownReason::ofWireName),
            item.time("since"),
            item.time("asOf"),
            item.number("seq"),
            earlier(item),
            item.flag("present")));
  }

  private static CurrentState.Key key(Item item) {
    return new CurrentState.Key(new GymId(item.text("gym")), new MachineId(item.text("machine")));
  }

  private static Optional<PreviousStatus> earlier(Item item) {
    return item.optionalText("before")
        .flatMap(MachineStatus::ofWireName)
        .map(
            it ->
                new PreviousStatus(
                    it,
                    item.time("beforeSince"),
                    item.time("beforeAsOf"),
                    item.number("beforeSeq")));
  }

  /// The machine as the API shows it; empty if the floor plan does not contain it.
  Optional<BranchMachine> onFloor() {
    return place.map(
        it -> new BranchMachine(key.machine(), it.name(), it.category(), it.x(), it.y(), state));
  }

  static Map<String, AttributeValue> attributes(CurrentState.Key key) {
    return Item.build()
        .text("gym", key.gym().value())
        .text("machine", key.machine().value())
        .attributes();
  }

  /// All machines of a gym, on its floor plan or not.
  ///
  /// @param consistent strongly consistent; else eventually consistent, at half the price
  static QueryRequest ofGym(String table, GymId gym, boolean consistent) {
    return QueryRequest.builder()
        .tableName(table)
        .consistentRead(consistent)
        .keyConditionExpression("gym = :gym")
        .expressionAttributeValues(Item.build().text(":gym", gym.value()).attributes())
        .build();
  }

  /// Stores a state if the stored one has still this version.
  static UpdateItemRequest store(String table, CurrentState state, long version) {
    Item.Builder values =
        Item.build()
            .text("category", state.category().value())
            .text("status", state.status().wireName())
            .text("reason", state.reason().map(UnknownReason::wireName))
            .time("since", state.since())
            .time("asOf", state.asOf())
            .number("seq", state.seq())
            .flag("present", state.present())
            .number("version", version + 1);
    state
        .previous()
        .ifPresent(
            it ->
                values
                    .text("before", it.status().wireName())
                    .time("beforeSince", it.since())
                    .time("beforeAsOf", it.asOf())
                    .number("beforeSeq", it.seq()));
    return ItemUpdate.of(STATE, values.attributes())
        .ifVersion(table, attributes(state.key()), version);
  }

  /// Deletes the item of a machine without a state.
  static DeleteItemRequest deleteWithoutState(String table, CurrentState.Key key) {
    return DeleteItemRequest.builder()
        .tableName(table)
        .key(attributes(key))
        .conditionExpression("attribute_not_exists(#version)")
        .expressionAttributeNames(Map.of("#version", "version"))
        .build();
  }
}
