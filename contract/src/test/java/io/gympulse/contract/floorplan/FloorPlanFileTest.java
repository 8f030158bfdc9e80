package io.gympulse.contract.floorplan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.floorplan.Machine.Fusion;
import io.gympulse.contract.floorplan.OpeningHours.Interval;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.contract.floorplan.SourceConfig.GpioChip;
import io.gympulse.contract.floorplan.SourceConfig.GpioPull;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FloorPlanFileTest {
  private static final String PLAN =
      """
      {"gym":{"id":"g","name":"Gym","latitude":47.4,"longitude":8.5,"zone":"Europe/Zurich"},
       "gateway":"g-gw",
       "machines":[
        {"id":"m-1","category":"bike","name":"Bike","x":1,"y":2.5,"sensors":[
          {"id":"s-1","behaviour":"pulse","vacancySeconds":60.5,"minimumOnSeconds":2.5,
           "silentAfterSeconds":3600,
           "source":{"type":"mqtt","format":"zigbee2mqtt","topic":"z/m-1","property":"vibration","activeWhen":true}},
          {"id":"s-2","behaviour":"level","settleMs":200,"holdSeconds":90,
           "source":{"type":"gpio","line":17,"activeHigh":false}},
          {"id":"s-3","behaviour":"level",
           "source":{"type":"gpio","chip":"mcp23017","line":18,"pull":"off","activeHigh":true,"debounceMs":20}}],"fusion":"all"},
        {"id":"m-2","category":"bike","name":"Bike","x":1,"y":2.5,"sensors":[]}]}""";

  @Test
  void a_plan_reads_back_as_it_was_written() throws FloorPlanException {
    FloorPlan plan = FloorPlanFile.parse(PLAN, "plan");
    assertThat(plan.machines().getFirst().sensors().getFirst().timing())
        .isEqualTo(
            new SensorTiming(
                Duration.ZERO,
                Duration.ofMillis(2_500),
                Duration.ofMillis(60_500),
                Duration.ZERO,
                Duration.ZERO,
                Optional.empty(),
                Optional.of(Duration.ofHours(1))));
    assertThat(plan.machines().getFirst().sensors().get(1).timing())
        .isEqualTo(
            SensorTiming.NONE.withSettle(Duration.ofMillis(200)).withHold(Duration.ofSeconds(90)));
    assertThat(plan.machines()).extracting(Machine::fusion).containsExactly(Fusion.ALL, Fusion.ANY);
    assertThat(FloorPlanFile.parse(FloorPlanFile.write(plan), "again")).isEqualTo(plan);
  }

  @ParameterizedTest
  @EnumSource(value = Behaviour.class, names = "PULSE", mode = EnumSource.Mode.EXCLUDE)
  void a_sensor_without_timing_has_that_of_its_behaviour(Behaviour behaviour)
      throws FloorPlanException {
    FloorPlan plan =
        FloorPlanFile.parse(
            PLAN.replace(
                "\"behaviour\":\"level\",\"settleMs\":200,\"holdSeconds\":90",
                "\"behaviour\":\"%s\"".formatted(behaviour.wireName())),
            "plan");
    assertThat(plan.machines().getFirst().sensors().get(1).timing()).isEqualTo(behaviour.timing());
    assertThat(FloorPlanFile.parse(FloorPlanFile.write(plan), "again")).isEqualTo(plan);
  }

  @Test
  void opening_hours_are_a_text_or_a_list_for_each_day() throws FloorPlanException {
    FloorPlan plan =
        FloorPlanFile.parse(
            PLAN.replace(
                "\"Europe/Zurich\"",
                "\"Europe/Zurich\",\"openingHours\":{\"mon\":\"06:00-23:00\","
                    + "\"sun\":[\"08:00-12:00\",\"20:00-01:00\"]}"),
            "plan");
    assertThat(plan.openingHours())
        .contains(
            new OpeningHours(
                ZoneId.of("Europe/Zurich"),
                Map.of(
                    DayOfWeek.MONDAY,
                    List.of(new Interval(360, 1_380)),
                    DayOfWeek.SUNDAY,
                    List.of(new Interval(480, 720), new Interval(1_200, 1_500)))));
    assertThat(FloorPlanFile.parse(FloorPlanFile.write(plan), "again")).isEqualTo(plan);
    assertThat(FloorPlanFile.parse(PLAN, "plan").openingHours()).isEmpty();
  }

  @Test
  void an_off_delay_of_0_switches_off_that_of_the_behaviour() throws FloorPlanException {
    FloorPlan plan =
        FloorPlanFile.parse(
            PLAN.replace(
                "\"behaviour\":\"level\",\"settleMs\":200,\"holdSeconds\":90",
                "\"behaviour\":\"motion\",\"offDelaySeconds\":0"),
            "plan");
    assertThat(plan.machines().getFirst().sensors().get(1).timing())
        .isEqualTo(Behaviour.MOTION.timing().withoutOffDelay());
    assertThat(FloorPlanFile.parse(FloorPlanFile.write(plan), "again")).isEqualTo(plan);
  }

  @Test
  void a_gpio_sources_defaults_follow_from_its_polarity() throws FloorPlanException {
    List<Sensor> sensors = FloorPlanFile.parse(PLAN, "plan").machines().getFirst().sensors();
    assertThat(sensors.get(1).source())
        .isEqualTo(
            new SourceConfig.Gpio(Optional.empty(), 17, GpioPull.UP, false, Duration.ofMillis(5)));
    assertThat(sensors.get(2).source())
        .isEqualTo(
            new SourceConfig.Gpio(
                Optional.of(new GpioChip("mcp23017")),
                18,
                GpioPull.OFF,
                true,
                Duration.ofMillis(20)));
  }

  @Test
  void the_same_line_of_another_chip_is_another_line() throws FloorPlanException {
    FloorPlan plan = FloorPlanFile.parse(PLAN.replace("\"line\":18", "\"line\":17"), "plan");
    assertThat(plan.machines().getFirst().sensors()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"id\":\"m-2\" | \"id\":\"m-1\" | field machines[1]: machine 'm-1' appears twice",
        "\"s-2\" | \"s-1\" | sensor 's-1' appears twice",
        "Europe/Zurich | Europe/Gotham | field gym.zone",
        "47.4 | 147.4 | latitude 147.4",
        "\"Europe/Zurich\" | \"UTC\",\"openingHours\":{\"mon\":\"6 to 23\"} | field gym.openingHours.mon: '6 to 23' is not a time from 00:00 to 24:00 and another, such as 06:00-23:00",
        "\"Europe/Zurich\" | \"UTC\",\"openingHours\":{\"monday\":\"06:00-23:00\"} | gym.openingHours.monday: is unknown; use one of mon, tue",
        "\"Europe/Zurich\" | \"UTC\",\"openingHours\":{} | a gym that is never open",
        "\"pulse\" | \"rotation\",\"offDelaySeconds\":60 | 'offDelaySeconds' has no effect on a rotation sensor; give 'vacancySeconds'",
        "\"pulse\" | \"pulsing\" | field machines[0].sensors[0].behaviour: 'pulsing' is not one of level, pulse, motion, contact, rotation, vibration, power, pressure",
        "\"vacancySeconds\":60.5 | \"vacancySeconds\":60.5,\"deviceHoldSeconds\":601 | 'deviceHoldSeconds': 601 is not in 0 to 600",
        "\"vacancySeconds\":60.5 | \"vacancySeconds\":0 | a pulse sensor needs 'vacancySeconds' of more than 0",
        "\"minimumOnSeconds\":2.5 | \"minimumOnSeconds\":301 | field machines[0].sensors[0].minimumOnSeconds: 'minimumOnSeconds': 301 is not in 0 to 300",
        "\"holdSeconds\":90 | \"holdSeconds\":-1 | 'holdSeconds': -1 is not in 0 to 3600",
        "\"vacancySeconds\":60.5 | \"vacancySeconds\":60.5,\"holdSeconds\":5 | 'holdSeconds' has no effect on a pulse sensor; give 'vacancySeconds'",
        "\"holdSeconds\":90 | \"vacancySeconds\":60 | 'vacancySeconds' has no effect on a level sensor; give 'holdSeconds'",
        "\"holdSeconds\":90 | \"deviceHoldSeconds\":5 | 'deviceHoldSeconds' has no effect on a level sensor; remove it",
        "\"holdSeconds\":90 | \"offDelaySeconds\":5 | 'offDelaySeconds': 5 is not in 10 to 86400",
        "\"silentAfterSeconds\":3600 | \"silentAfterSeconds\":1 | 'silentAfterSeconds': 1 is not in 10 to 604800",
        "\"fusion\":\"all\" | \"fusion\":\"some\" | field machines[0].fusion: 'some' is not one of any, all, majority",
        "\"settleMs\" | \"setleMs\" | field machines[0].sensors[1].setleMs: is unknown; use one of id, behaviour",
        "\"gpio\" | \"i2c\" | 'i2c' is not one of mqtt, gpio",
        "z/m-1 | z/#/m | nothing may follow",
        "\"line\":17 | \"chip\":\"mcp23017\",\"line\":18 | sensors 's-2' and 's-3' are both on line 18 of GPIO chip 'mcp23017'",
        "\"chip\":\"mcp23017\",\"line\":18 | \"line\":17 | sensors 's-2' and 's-3' are both on line 17 of the GPIO header",
        "\"line\":17 | \"line\":17.5 | source.line: expected a whole number from 0 to 511, found 17.5",
        "\"line\":17 | \"line\":512 | source.line: expected a whole number from 0 to 511, found 512",
        "\"pull\":\"off\" | \"pull\":\"sideways\" | source.pull: 'sideways' is not one of up, down, off",
        "\"debounceMs\":20 | \"debounceMs\":1001 | source.debounceMs: expected a whole number from 0 to 1000, found 1001",
        "\"mcp23017\" | \"/dev/gpiochip1\" | give its name, such as gpiochip0, or label",
        "\"mcp23017\" | \" \" | GPIO chip ' ' is not of 1 to 31 bytes",
        "\"gateway\":\"g-gw\", | `` | field gateway: is missing; expected a text",
        "\"fusion\":\"all\" | \"fusion\":null | field machines[0].fusion: is null; give a value, or leave the field out",
        "\"gym\": | gym: | is not JSON",
      })
  void an_invalid_plan_is_refused_with_the_field_and_the_reason(
      String valid, String damaged, String message) {
    String plan = PLAN.replace(valid, damaged);
    assertThat(plan).isNotEqualTo(PLAN);
    assertThatThrownBy(() -> FloorPlanFile.parse(plan, "plan.json"))
        .isInstanceOf(FloorPlanException.class)
        .hasMessageContaining("floor plan plan.json")
        .hasMessageContaining(message);
  }

  @Test
  void a_missing_file_is_refused_with_its_name() {
    assertThatThrownBy(() -> FloorPlanFile.read(Path.of("no-such.json")))
        .isInstanceOf(FloorPlanException.class)
        .hasMessage("floor plan no-such.json does not exist");
  }
}
