package io.gympulse.cloud.aws.dynamo;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.MachineId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A machine's place on its gym's floor plan, as attributes of a [CurrentStateItem].
///
/// @param ordinal the machine's position in the plan's list, from 0
record MachinePlace(String name, CategoryId category, double x, double y, long ordinal) {
  private static final Set<String> ATTRIBUTES =
      Set.of("name", "placeCategory", "x", "y", "ordinal");

  /// Removes a place.
  static final ItemUpdate ABSENT = ItemUpdate.of(ATTRIBUTES, Map.of());

  static Map<MachineId, MachinePlace> of(FloorPlan plan) {
    Map<MachineId, MachinePlace> places = new HashMap<>();
    for (Machine it : plan.machines()) {
      places.put(
          it.id(), new MachinePlace(it.name(), it.category(), it.x(), it.y(), places.size()));
    }
    return places;
  }

  static Optional<MachinePlace> of(Item item) {
    return item.optionalNumber("ordinal")
        .map(
            ordinal ->
                new MachinePlace(
                    item.text("name"),
                    new CategoryId(item.text("placeCategory")),
                    item.decimal("x"),
                    item.decimal("y"),
                    ordinal));
  }

  ItemUpdate update() {
    return ItemUpdate.of(
        ATTRIBUTES,
        Item.build()
            .text("name", name)
            .text("placeCategory", category.value())
            .decimal("x", x)
            .decimal("y", y)
            .number("ordinal", ordinal)
            .attributes());
  }
}
