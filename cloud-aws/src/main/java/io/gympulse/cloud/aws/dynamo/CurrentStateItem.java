package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.current.CurrentState.PreviousStatus;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A current state as an item, with a version for compare-and-set.
///
/// @param version counts the writes of the item, from 1
record CurrentStateItem(CurrentState state, long version) {

  static CurrentStateItem of(Item item) {
    return new CurrentStateItem(
        new CurrentState(
            new MachineId(item.text("machine")),
            new GymId(item.text("gym")),
            new CategoryId(item.text("category")),
            item.named("status", MachineStatus::ofWireName),
            item.optionalText("reason").flatMap(UnknownReason::ofWireName),
            item.time("since"),
            item.time("asOf"),
            item.number("seq"),
            earlier(item),
            item.flag("present")),
        item.number("version"));
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

  static Map<String, AttributeValue> key(MachineId machine) {
    return Item.build().text("machine", machine.value()).attributes();
  }

  Map<String, AttributeValue> attributes() {
    Item.Builder item =
        Item.build()
            .text("machine", state.machine().value())
            .text("gym", state.gym().value())
            .text("category", state.category().value())
            .text("status", state.status().wireName())
            .text("reason", state.reason().map(UnknownReason::wireName))
            .time("since", state.since())
            .time("asOf", state.asOf())
            .number("seq", state.seq())
            .flag("present", state.present())
            .number("version", version);
    state
        .previous()
        .ifPresent(
            it ->
                item.text("before", it.status().wireName())
                    .time("beforeSince", it.since())
                    .time("beforeAsOf", it.asOf())
                    .number("beforeSeq", it.seq()));
    return item.attributes();
  }
}
