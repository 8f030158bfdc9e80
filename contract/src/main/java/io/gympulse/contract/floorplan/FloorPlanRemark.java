package io.gympulse.contract.floorplan;

import io.gympulse.contract.json.JsonLocations;
import io.gympulse.contract.json.JsonLocations.Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// A mistake in the text of a floor plan, or a hint about something that is valid.
///
/// @param path of the field, such as `machines[3].sensors[0].id`; empty for the whole text
/// @param at where the field begins; if it is missing, where the part begins that should have it
/// @param detail what is wrong with it, and the remedy
public record FloorPlanRemark(String path, Location at, String detail) {
  public FloorPlanRemark {
    path = inOneLine(path);
    detail = inOneLine(detail);
  }

  private static String inOneLine(String quoted) {
    return quoted.replaceAll("\\s*\\R\\s*", " ");
  }

  /// @param details by path, several for one path are possible
  static List<FloorPlanRemark> located(String json, List<Map.Entry<String, String>> details) {
    Map<String, Location> locations =
        JsonLocations.of(json, details.stream().map(Map.Entry::getKey).toList());
    List<FloorPlanRemark> remarks = new ArrayList<>();
    for (Map.Entry<String, String> it : details) {
      Location at = locations.getOrDefault(it.getKey(), new Location(1, 1));
      remarks.add(new FloorPlanRemark(it.getKey(), at, it.getValue()));
    }
    return remarks;
  }

  /// Those of one line stay in their order.
  static List<FloorPlanRemark> byLine(List<FloorPlanRemark> remarks) {
    return remarks.stream().sorted(Comparator.comparingInt(it -> it.at().line())).toList();
  }

  /// `field machines[3].id: is missing; expected a text (line 12)`.
  @Override
  public String toString() {
    return "%s%s (line %d)"
        .formatted(path.isEmpty() ? "" : "field " + path + ": ", detail, at.line());
  }
}
