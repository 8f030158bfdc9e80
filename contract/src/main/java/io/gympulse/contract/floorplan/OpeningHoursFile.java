package io.gympulse.contract.floorplan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.floorplan.OpeningHours.Interval;
import io.gympulse.contract.json.JsonCursor;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Reads and writes opening hours in floor plans: an object with a field for each day on which the
/// gym opens, `"mon": "06:00-23:00"`, or a list of such texts. See [Interval#parse].
final class OpeningHoursFile {
  private static final String[] DAYS =
      Arrays.stream(DayOfWeek.values()).map(OpeningHours::wireName).toArray(String[]::new);
  private static final int MOST_INTERVALS = 10;

  private OpeningHoursFile() {}

  static <X extends Exception> OpeningHours read(JsonCursor<X> node, ZoneId zone) throws X {
    node.closedObject(DAYS);
    Map<DayOfWeek, List<Interval>> days = new EnumMap<>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      JsonCursor<X> field = node.field(OpeningHours.wireName(day));
      if (field.isPresent()) {
        days.put(
            day,
            field.isArray()
                ? field.list(MOST_INTERVALS, it -> it.parse(Interval::parse))
                : List.of(field.parse(Interval::parse)));
      }
    }
    return node.checked(() -> new OpeningHours(zone, days));
  }

  static void write(OpeningHours hours, ObjectNode node) {
    for (DayOfWeek day : DayOfWeek.values()) {
      List<Interval> intervals = hours.days().getOrDefault(day, List.of());
      if (!intervals.isEmpty()) {
        ArrayNode array = node.putArray(OpeningHours.wireName(day));
        intervals.forEach(it -> array.add(it.text()));
      }
    }
  }
}
