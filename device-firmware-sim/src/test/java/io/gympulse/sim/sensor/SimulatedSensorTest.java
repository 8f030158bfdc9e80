package io.gympulse.sim.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.id.MachineId;
import io.gympulse.sim.day.MachineUse;
import io.gympulse.sim.day.MachineUse.Effort;
import io.gympulse.sim.day.Seed;
import io.gympulse.sim.sensor.SimulatedSensor.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// One use of each kind of sensor's machine: how often the sensor reports, and from when to when.
class SimulatedSensorTest {
  private static final String WIRED =
      "\"source\":{\"type\":\"mqtt\",\"preset\":\"esphome\",\"device\":\"d\",\"property\":\"p\"}";
  private static final String ZIGBEE =
      "\"source\":{\"type\":\"mqtt\",\"preset\":\"zigbee2mqtt\",\"device\":\"d\",\"property\":\"p\"}";
  private static final Instant FROM = Instant.parse("2026-03-02T18:00:00Z");

  /// Three sets with two rests in five minutes.
  private static final MachineUse SETS =
      use(FROM, 300, new Effort(at(10), at(60)), new Effort(at(130), at(180)), effort(250, 290));

  private static final MachineUse RIDE = use(FROM, 1_500, effort(10, 1_480));

  @Test
  void a_raw_motion_sensor_changes_about_each_three_seconds_while_somebody_trains()
      throws Exception {
    List<Report> reports = reports("bike", "motion", WIRED, RIDE);

    assertThat(reports.getFirst()).isEqualTo(new Report(FROM, true));
    assertThat(reports).extracting(Report::active).startsWith(true, false, true, false);
    assertThat(reports).hasSizeBetween(1_500 / 4, 1_500 / 2);
    assertThat(reports.getLast().active()).isFalse();
    assertThat(reports.getLast().at()).isBetween(at(1_490), at(1_504));
  }

  @Property(tries = 20)
  void a_zigbee_motion_sensor_reports_the_end_60_to_90_s_after_the_last_movement(
      @ForAll short device) throws Exception {
    List<Report> reports = reports("bench-press", "motion", ZIGBEE, SETS, "s" + Math.abs(device));

    assertThat(reports.getFirst()).isEqualTo(new Report(FROM, true));
    assertThat(reports.getLast().active()).isFalse();
    assertThat(reports.getLast().at()).isBetween(at(359), at(391));
    assertThat(reports.stream().filter(it -> !it.active())).hasSize(1);
    assertThat(gaps(reports.subList(0, reports.size() - 1)))
        .allMatch(it -> it.compareTo(Duration.ofSeconds(60)) >= 0);
  }

  @Test
  void a_zigbee_vibration_sensor_bridges_rests_of_less_than_its_timeout() throws Exception {
    List<Report> reports = reports("cable", "vibration", ZIGBEE, SETS);

    assertThat(reports.getFirst()).isEqualTo(new Report(at(10), true));
    assertThat(reports.stream().filter(it -> !it.active())).hasSize(1);
    assertThat(reports.getLast().at()).isBetween(at(290 - 9 + 90), at(290 + 90));
  }

  @Test
  void pedals_turn_while_somebody_rides_and_stop_soon_afterwards() throws Exception {
    List<Report> reports = reports("bike", "rotation", WIRED, RIDE);
    long turns = reports.stream().filter(Report::active).count();

    assertThat(turns * 60.0 / 1_470).isBetween(40.0, 140.0);
    assertThat(reports.getFirst().at()).isBetween(at(10), at(12));
    assertThat(reports.getLast().at()).isBetween(at(1_480), at(1_488));
    assertThat(reports).extracting(Report::at).isSorted();
  }

  @Test
  void a_flywheel_turns_faster_and_runs_down_slowly() throws Exception {
    List<Report> reports = reports("rower", "rotation", WIRED, RIDE);
    long turns = reports.stream().filter(Report::active).count();

    assertThat(turns * 60.0 / 1_470).isBetween(160.0, 420.0);
    assertThat(reports.getLast().at()).isBetween(at(1_490), at(1_506));
  }

  @Property(tries = 50)
  void a_wheel_may_stop_with_its_magnet_at_the_contact(@ForAll long seed) throws Exception {
    List<Report> reports =
        SimulatedSensor.of(mounted("bike", "rotation", WIRED, "s"), Optional.empty())
            .reports(RIDE, new Seed(seed).random());

    for (int i = 1; i < reports.size(); i++) {
      assertThat(reports.get(i).active()).isNotEqualTo(reports.get(i - 1).active());
    }
  }

  @Test
  void a_plug_measures_much_while_the_machine_runs_and_little_in_standby() throws Exception {
    String plug =
        "\"source\":{\"type\":\"mqtt\",\"preset\":\"json\",\"topic\":\"t\",\"property\":\"p\"}";
    List<Report> reports = reports("treadmill", "power", plug, RIDE);

    assertThat(reports.subList(0, reports.size() - 1))
        .allSatisfy(it -> assertThat(it.watts().orElseThrow()).isBetween(80.0, 1_500.0));
    assertThat(reports.stream().map(Report::watts).distinct()).hasSizeGreaterThan(100);
    assertThat(gaps(reports.subList(0, reports.size() - 1)))
        .allMatch(Duration.ofSeconds(10)::equals);
    assertThat(reports.getLast().watts().orElseThrow()).isBetween(2.0, 8.0);
    assertThat(reports.getLast().at()).isBetween(at(1_480), at(1_482));
  }

  @Test
  void a_mat_is_unloaded_for_moments_of_an_effort() throws Exception {
    MachineUse use = use(FROM, 700, effort(10, 690));
    List<Report> reports = reports("leg-press", "pressure", WIRED, use);
    List<Report> lifts = reports.stream().filter(it -> !it.active()).toList();

    assertThat(lifts).hasSizeGreaterThan(10);
    assertThat(reports).extracting(Report::at).isSorted();
    assertThat(reports.getFirst()).isEqualTo(new Report(FROM, true));
    assertThat(reports.getLast().active()).isFalse();
    for (int i = 1; i < reports.size(); i++) {
      if (reports.get(i).active()) {
        assertThat(Duration.between(reports.get(i - 1).at(), reports.get(i).at()))
            .isLessThanOrEqualTo(Duration.ofSeconds(4));
      }
    }
  }

  private static List<Report> reports(
      String category, String behaviour, String source, MachineUse use) throws Exception {
    return reports(category, behaviour, source, use, "s");
  }

  private static List<Report> reports(
      String category, String behaviour, String source, MachineUse use, String id)
      throws Exception {
    return SimulatedSensor.of(mounted(category, behaviour, source, id), Optional.empty())
        .reports(use, new Seed(3).random());
  }

  private static MountedSensor mounted(String category, String behaviour, String source, String id)
      throws Exception {
    return MountedSensor.allOf(
            FloorPlanFile.parse(
                """
                {"gym":{"id":"g","name":"G","latitude":0,"longitude":0,"zone":"UTC"},
                 "gateway":"g-gw","machines":[{"id":"m","category":"%s","name":"M","x":1,"y":1,
                  "sensors":[{"id":"%s","behaviour":"%s",%s}]}]}"""
                    .formatted(category, id, behaviour, source),
                "plan"))
        .getFirst();
  }

  private static MachineUse use(Instant from, long seconds, Effort... efforts) {
    return new MachineUse(new MachineId("m"), from, from.plusSeconds(seconds), List.of(efforts));
  }

  private static Effort effort(long from, long to) {
    return new Effort(at(from), at(to));
  }

  private static Instant at(long seconds) {
    return FROM.plusSeconds(seconds);
  }

  private static List<Duration> gaps(List<Report> reports) {
    List<Duration> gaps = new ArrayList<>();
    for (int i = 1; i < reports.size(); i++) {
      gaps.add(Duration.between(reports.get(i - 1).at(), reports.get(i).at()));
    }
    return gaps;
  }
}
