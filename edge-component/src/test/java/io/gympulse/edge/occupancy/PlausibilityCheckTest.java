package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.OpeningHours;
import io.gympulse.contract.floorplan.OpeningHours.Interval;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.occupancy.PlausibilityCheck.Activity;
import io.gympulse.edge.occupancy.PlausibilityCheck.Implausible;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlausibilityCheckTest {
  /// A Monday, 23:30 in the gym's summer.
  private static final Instant NOW = Instant.parse("2026-07-06T21:30:00Z");
  private static final OpeningHours UNTIL_11_PM =
      new OpeningHours(
          ZoneId.of("Europe/Zurich"),
          Map.of(DayOfWeek.MONDAY, List.of(Interval.parse("06:00-23:00"))));
  private static final PlausibilityCheck NEIGHBOURS = PlausibilityCheck.WITHOUT_HOURS;
  private static final PlausibilityCheck HOURS =
      new PlausibilityCheck(Optional.of(UNTIL_11_PM), Optional::of);

  @Test
  void a_sensor_that_holds_while_the_gym_is_closed_is_implausible() {
    List<Activity> sensors = List.of(held("bike", 31), free("bench", 5));
    assertThat(HOURS.find(sensors, NOW))
        .containsExactly(
            new Implausible(
                new SensorId("bike-seat"),
                new MachineId("bike"),
                "it was active for 30 minutes without a change though the gym is closed"));
  }

  @Test
  void whoever_trains_past_the_closing_time_is_given_half_an_hour() {
    assertThat(HOURS.find(List.of(held("bike", 29)), NOW)).isEmpty();
    assertThat(HOURS.find(List.of(held("bike", 60)), NOW.minusSeconds(60))).isEmpty();
  }

  @Test
  void opening_hours_count_only_while_the_wall_time_is_known() {
    PlausibilityCheck unknown =
        new PlausibilityCheck(Optional.of(UNTIL_11_PM), _ -> Optional.empty());
    assertThat(unknown.find(List.of(held("bike", 600)), NOW)).isEmpty();
  }

  @Test
  void a_sensor_that_holds_for_an_hour_in_which_no_other_machine_was_used_is_implausible() {
    List<Activity> sensors = List.of(held("bike", 60), free("bench", 60), held("rack", 90));
    assertThat(NEIGHBOURS.find(sensors, NOW))
        .extracting(Implausible::sensor)
        .containsExactly(new SensorId("bike-seat"), new SensorId("rack-seat"));
  }

  @Test
  void a_neighbour_that_was_used_within_the_hour_makes_a_long_stay_plausible() {
    assertThat(NEIGHBOURS.find(List.of(held("bike", 170), free("bench", 59)), NOW)).isEmpty();
    assertThat(NEIGHBOURS.find(List.of(held("bike", 170), held("bench", 59)), NOW)).isEmpty();
  }

  @Test
  void a_shorter_stay_alone_in_the_gym_is_plausible() {
    assertThat(NEIGHBOURS.find(List.of(held("bike", 59), free("bench", 600)), NOW)).isEmpty();
  }

  @Test
  void whoever_runs_alone_is_believed_for_longer_than_whoever_lifts() {
    assertThat(NEIGHBOURS.find(List.of(held("treadmill", 89), free("bench", 600)), NOW)).isEmpty();
    assertThat(NEIGHBOURS.find(List.of(held("treadmill", 90), free("bench", 600)), NOW))
        .extracting(Implausible::reason)
        .containsExactly(
            "it was active for 90 minutes without a change while no other machine was used");
  }

  @Test
  void with_no_other_machine_that_is_known_neighbours_say_nothing() {
    assertThat(NEIGHBOURS.find(List.of(held("bike", 170)), NOW)).isEmpty();
    Activity unknown = activity("bench", false, false, 600);
    assertThat(NEIGHBOURS.find(List.of(held("bike", 170), unknown), NOW)).isEmpty();
    Activity second =
        new Activity(
            new SensorId("bike-pedal"),
            new MachineId("bike"),
            true,
            false,
            NOW.minusSeconds(9_000),
            Duration.ofHours(1));
    assertThat(NEIGHBOURS.find(List.of(held("bike", 170), second), NOW)).isEmpty();
  }

  private static Activity held(String machine, int minutes) {
    return activity(machine, true, true, minutes);
  }

  private static Activity free(String machine, int minutes) {
    return activity(machine, true, false, minutes);
  }

  private static Activity activity(String machine, boolean known, boolean held, int minutes) {
    return new Activity(
        new SensorId(machine + "-seat"),
        new MachineId(machine),
        known,
        held,
        NOW.minus(Duration.ofMinutes(minutes)),
        machine.equals("treadmill") ? Duration.ofMinutes(90) : Duration.ofHours(1));
  }
}
