package io.gympulse.contract.floorplan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gympulse.contract.json.JsonCursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All mistakes of a floor plan are found at once, with their lines, and what may not be meant is
/// hinted at.
class FloorPlanMistakesTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void every_mistake_is_named_with_its_line_and_nothing_that_follows_from_another() {
    FloorPlanException mistaken =
        refused(
            """
            {"gym": {"id": "g", "name": "Gym", "latitude": 147, "longitude": 8.5,
                     "zone": "Europe/Gotham"},
             "gatway": "g-gw",
             "machines": [
              {"id": "M 1", "category": "bike", "name": "Bike", "x": 1, "y": "2",
               "sensors": [
                {"id": "s-1", "behaviour": "pulsing", "minimumOnSeconds": 301, "vacancySeconds": -1,
                 "source": {"type": "mqtt", "preset": "json", "topik": "a",
                            "property": " "}},
                {"id": "s-2", "behaviour": "level", "vacancySeconds": 60,
                 "source": {"type": "gpio", "line": 17, "activeHigh": false}}]},
              {"id": "m-2", "category": "bike", "name": "Bike", "x": 1, "y": 2,
               "fusion": "some", "sensors": [
                {"id": "s-3", "behaviour": "level",
                 "source": {"type": "gpio", "line": 3, "activeHigh": "yes", "debounceMs": 2000}}]},
              {"id": "m-3", "category": "bike", "name": " ", "x": 1, "y": 2, "sensors": []},
              {"id": "m-4", "category": "bike", "name": "Bike", "x": 1, "y": 2, "sensors": []},
              {"id": "m-4", "category": "bike", "name": "Bike", "x": 1, "y": 2, "sensors": []},
              7]}
            """);
    assertThat(summary(mistaken))
        .containsExactly(
            "1 gateway is missing; expected a text",
            "2 gym.zone Unknown time-zone ID: Europe/Gotham",
            "3 gatway is unknown; use one of gym, gateway, machines",
            "5 machines[0].id machine id 'M 1' is not of the form [a-z0-9][a-z0-9-]{0,63}",
            "5 machines[0].y expected a finite number, found '2'",
            "7 machines[0].sensors[0].behaviour 'pulsing' is not one of level, pulse, motion,"
                + " contact, rotation, vibration, power, pressure",
            "7 machines[0].sensors[0].minimumOnSeconds 'minimumOnSeconds': 301 is not in 0 to 300",
            "7 machines[0].sensors[0].vacancySeconds 'vacancySeconds': -1 is not in 0 to 3600",
            "8 machines[0].sensors[0].source.topik is unknown; use one of type, ...",
            "8 machines[0].sensors[0].source.topic is missing; give the topic of the readings",
            "9 machines[0].sensors[0].source.property is blank; give the device's name for the"
                + " reading",
            "10 machines[0].sensors[1] 'vacancySeconds' has no effect on a level sensor; give"
                + " 'holdSeconds'",
            "13 machines[1].fusion 'some' is not one of any, all, majority",
            "15 machines[1].sensors[0].source.activeHigh expected true or false, found 'yes'",
            "16 machines[2] the machine's name is blank",
            "18 machines[4] machine 'm-4' appears twice",
            "19 machines[5] expected an object, found 7");
    assertThat(mistaken)
        .hasMessage(
            "floor plan plan.json: field gatway: is unknown; use one of gym, gateway, machines"
                + " (line 3); and 16 more");
    assertThat(mistaken.report())
        .startsWith("floor plan plan.json has 17 mistakes:\n  field gateway: is missing")
        .hasLineCount(18);
  }

  @Test
  void a_syntax_error_has_its_line() {
    FloorPlanException mistaken = refused("{\"gym\": {\n  \"id\": \"g\",\n  }}");
    assertThat(summary(mistaken))
        .singleElement()
        .asString()
        .startsWith("3  is not JSON: Unexpected character ('}'");
    assertThat(mistaken.getMessage()).startsWith("floor plan plan.json: is not JSON").contains("3");
    assertThat(mistaken.report()).isEqualTo(mistaken.getMessage());
    assertThat(summary(refused("{\"gym\":1,\n\"gym\":2}")))
        .containsExactly("2  is not JSON: Duplicate field 'gym'");
  }

  @Test
  void each_machine_in_conflict_with_one_before_it_is_named() {
    String machine =
        """
        {"id": "m-%d", "category": "c", "name": "N", "x": 1, "y": 2, "sensors": [
          {"id": "s-%d", "behaviour": "level",
           "source": {"type": "gpio", "line": %d, "activeHigh": true}}]}
        """;
    FloorPlanException mistaken =
        refused(
            plan(
                machine.formatted(1, 1, 1),
                machine.formatted(2, 1, 2),
                machine.formatted(3, 3, 3),
                machine.formatted(1, 4, 3),
                machine.formatted(5, 5, 1)));
    assertThat(mistaken.mistakes().stream().map(it -> it.path() + ": " + it.detail()))
        .containsExactly(
            "machines[1]: sensor 's-1' appears twice",
            "machines[3]: machine 'm-1' appears twice",
            "machines[4]: sensors 's-1' and 's-5' are both on line 1 of the GPIO header; give each"
                + " a line of its own");
  }

  @Test
  void a_source_has_several_mistakes_too() {
    FloorPlanException mistaken =
        refused(
            plan(
                """
                {"id": "m-1", "category": "c", "name": "N", "x": 1, "y": 2, "sensors": [
                  {"id": "s-1", "behaviour": "level",
                   "source": {"type": "mqtt", "preset": "json",
                              "active": ">10",
                              "property": "watts",
                              "timestamp": {"pointer": "at", "unit": "days"}}}]}"""));
    assertThat(mistaken.mistakes().stream().map(it -> it.path().replaceFirst(".*source\\.", "")))
        .containsExactly("topic", "active", "timestamp.pointer");
  }

  @Test
  void reading_ends_after_a_hundred_mistakes() {
    FloorPlanException mistaken =
        refused(
            plan(
                IntStream.range(0, 5_000)
                    .mapToObj(_ -> "{\"id\": 7, \"kind\": 0}")
                    .toArray(String[]::new)));
    assertThat(mistaken.mistakes()).hasSize(JsonCursor.MAX_COLLECTED);
    assertThat(mistaken.report()).contains("has 100 mistakes or more:");
  }

  @Test
  void what_may_not_be_meant_is_hinted_at() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("plan.json"),
            plan(
                """
                {"id": "m-1", "category": "c", "name": "N", "x": 1, "y": 2, "sensors": [
                  {"id": "s-1", "behaviour": "level",
                   "source": {"type": "mqtt", "preset": "zigbee2mqtt", "topic": "z2m/rack",
                              "property": "occupancy"}},
                  {"id": "s-2", "behaviour": "motion",
                   "source": {"type": "mqtt", "preset": "json", "topic": "gym/rack",
                              "property": "moves"}},
                  {"id": "s-3", "behaviour": "motion",
                   "source": {"type": "mqtt", "preset": "zigbee2mqtt", "device": "pir",
                              "property": "occupancy"}},
                  {"id": "s-4", "behaviour": "level",
                   "source": {"type": "mqtt", "preset": "zigbee2mqtt", "device": "radar",
                              "property": "presence"}}]}"""));
    assertThatCode(
            () ->
                assertThat(FloorPlanFile.check(file).hints())
                    .extracting(FloorPlanRemark::toString)
                    .containsExactly(
                        "field machines[0].sensors[0]: sensor s-1: whether its device is online is"
                            + " read from z2m/bridge/state and z2m/rack/availability, as guessed"
                            + " from 'topic'; if that is wrong, give 'availability', or false if"
                            + " nothing reports it (line 5)",
                        "field machines[0].sensors[0]: sensor s-1: 'occupancy' is usually reported"
                            + " only while somebody moves; behaviour 'motion' bridges the time"
                            + " between, and the loss of a report (line 5)",
                        "field machines[0].sensors[1]: sensor s-2: if it dies, its machine stays"
                            + " free, as nothing reports that; give 'silentAfterSeconds' if it"
                            + " sends something at regular intervals (line 8)"))
        .doesNotThrowAnyException();
  }

  @Test
  void a_file_that_is_not_utf8_is_refused_as_such() throws IOException {
    Path file = Files.write(folder.resolve("plan.json"), new byte[] {'{', (byte) 0xff});
    assertThat(catchThrowableOfType(FloorPlanException.class, () -> FloorPlanFile.read(file)))
        .hasMessageEndingWith("plan.json is not UTF-8; save it as that");
  }

  private static String plan(String... machines) {
    return """
        {"gym": {"id": "g", "name": "G", "latitude": 1, "longitude": 2, "zone": "UTC"},
         "gateway": "w",
         "machines": [
        %s]}"""
        .formatted(List.of(machines).stream().collect(Collectors.joining(",\n")));
  }

  private static FloorPlanException refused(String json) {
    return catchThrowableOfType(
        FloorPlanException.class, () -> FloorPlanFile.parse(json, "plan.json"));
  }

  private static List<String> summary(FloorPlanException mistaken) {
    return mistaken.mistakes().stream()
        .map(it -> "%d %s %s".formatted(it.at().line(), it.path(), it.detail()))
        .map(it -> it.replaceFirst("(use one of type, ).*", "$1..."))
        .toList();
  }
}
