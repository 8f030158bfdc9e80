package io.gympulse.contract.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.json.JsonLocations.Location;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonLocationsTest {
  private static final String TEXT =
      """
      {"a": 1,
       "list": [{"x": true},
         [2,
          {"x.y": [], "z": 3}]]}
      """;

  @Test
  void a_field_is_at_its_name_and_an_element_at_its_value() {
    assertThat(locations("", "a", "list", "list[0].x", "list[1]", "list[1][1].z", "list[1][1].x.y"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "", new Location(1, 1),
                "a", new Location(1, 2),
                "list", new Location(2, 2),
                "list[0].x", new Location(2, 12),
                "list[1]", new Location(3, 4),
                "list[1][1].z", new Location(4, 17),
                "list[1][1].x.y", new Location(4, 6)));
  }

  @Test
  void what_is_not_there_is_at_what_should_have_it() {
    assertThat(locations("b", "list[0].y.z", "list[7]"))
        .containsEntry("b", new Location(1, 1))
        .containsEntry("list[0].y.z", new Location(2, 11))
        .containsEntry("list[7]", new Location(2, 2));
  }

  @Test
  void a_text_that_is_not_json_has_locations_up_to_its_error() {
    assertThat(JsonLocations.of("", List.of("a"))).containsEntry("a", new Location(1, 1));
    assertThat(JsonLocations.of("{\n\"a\": [1, }", List.of("a", "a[1]", "b")))
        .containsEntry("a", new Location(2, 1))
        .containsEntry("a[1]", new Location(2, 1))
        .containsEntry("b", new Location(1, 1));
  }

  private static Map<String, Location> locations(String... paths) {
    return JsonLocations.of(TEXT, List.of(paths));
  }
}
