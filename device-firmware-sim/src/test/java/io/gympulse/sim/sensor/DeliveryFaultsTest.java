package io.gympulse.sim.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.sim.day.ArrivalCurve;
import io.gympulse.sim.day.GymDay;
import io.gympulse.sim.day.Seed;
import io.gympulse.sim.format.DeviceMessages;
import io.gympulse.sim.sensor.SimulatedReadings.Cause;
import io.gympulse.sim.sensor.SimulatedReadings.SimulatedReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class DeliveryFaultsTest {
  private static final Seed SEED = new Seed(4);
  private static final Instant START = Instant.parse("2026-03-02T18:00:00Z");
  private static final Instant END = START.plus(Duration.ofHours(12));

  private final FloorPlan plan = plan();

  @Test
  void without_faults_all_readings_are_published_as_they_are_measured() {
    assertThat(readings(DeliveryFaults.none())).isEqualTo(until(sensors()));
  }

  @Test
  void a_share_of_the_reports_of_inactivity_is_lost_and_nothing_else() {
    List<SimulatedReading> all = until(sensors());
    List<SimulatedReading> received = readings(DeliveryFaults.lostOffs(0.25));
    Predicate<SimulatedReading> off = it -> !it.active() && it.cause() == Cause.CHANGE;

    double share = (double) count(received, off) / count(all, off);
    assertThat(share).isBetween(0.65, 0.85);
    assertThat(count(received, it -> it.active() && it.cause() == Cause.CHANGE))
        .isEqualTo(count(all, it -> it.active() && it.cause() == Cause.CHANGE));
  }

  @Test
  void after_a_lost_report_the_bridge_repeats_what_it_received_last() {
    List<SimulatedReading> received = readings(DeliveryFaults.lostOffs(1));

    assertThat(received.stream().filter(it -> it.cause() == Cause.CHECK_IN).skip(8))
        .isNotEmpty()
        .allMatch(SimulatedReading::active);
  }

  @Test
  void a_check_in_has_another_voltage_than_the_message_before() {
    List<SimulatedReading> checkIns =
        readings(DeliveryFaults.none()).stream()
            .filter(it -> it.sensor().sensor().id().value().equals("pir"))
            .filter(it -> it.cause() == Cause.CHECK_IN)
            .toList();

    assertThat(checkIns).hasSizeGreaterThan(10);
    assertThat(checkIns.stream().map(DeliveryFaultsTest::voltage).distinct()).hasSizeGreaterThan(5);
  }

  @Test
  void a_restarted_bridge_publishes_its_last_readings_with_their_old_time() {
    List<SimulatedReading> again =
        readings(new DeliveryFaults(0, Optional.of(Duration.ofMinutes(30)), Optional.empty()))
            .stream()
            .filter(it -> it.cause() == Cause.BRIDGE_RESTART)
            .toList();

    assertThat(again).hasSizeBetween(22, 23);
    assertThat(again)
        .allSatisfy(
            it -> {
              assertThat(it.sensor().sensor().id()).hasToString("pir");
              assertThat(it.measuredAt()).isBefore(it.at());
              assertThat(DeviceMessages.of(it).orElseThrow().payload())
                  .contains("\"last_seen\":\"" + it.measuredAt() + "\"");
            });
  }

  @Test
  void a_device_that_was_out_of_range_sends_its_stamped_readings_at_once() {
    List<SimulatedReading> received =
        readings(new DeliveryFaults(0, Optional.empty(), Optional.of(Duration.ofSeconds(50))));
    List<SimulatedReading> late =
        received.stream().filter(it -> it.measuredAt().isBefore(it.at())).toList();

    assertThat(received).extracting(SimulatedReading::at).isSorted();
    assertThat(late)
        .isNotEmpty()
        .allSatisfy(
            it -> {
              assertThat(it.sensor().sensor().id()).hasToString("stamped");
              assertThat(Duration.between(it.measuredAt(), it.at()))
                  .isLessThanOrEqualTo(Duration.ofSeconds(50));
              assertThat(DeviceMessages.of(it).orElseThrow().payload())
                  .contains("\"at\":" + it.measuredAt().toEpochMilli());
            });
    assertThat(late.stream().map(SimulatedReading::at).distinct().count()).isLessThan(late.size());
  }

  @Test
  void values_out_of_range_are_refused_by_the_name_of_their_option() {
    assertThatThrownBy(() -> DeliveryFaults.lostOffs(1.5)).hasMessageContaining("--lost-offs");
    assertThatThrownBy(() -> new DeliveryFaults(0, Optional.of(Duration.ZERO), Optional.empty()))
        .hasMessageContaining("--bridge-restarts");
    assertThatThrownBy(
            () -> new DeliveryFaults(0, Optional.empty(), Optional.of(Duration.ofHours(1))))
        .hasMessageContaining("--outages");
  }

  private static String voltage(SimulatedReading reading) {
    return DeviceMessages.of(reading)
        .orElseThrow()
        .payload()
        .replaceAll(".*\"voltage\":(\\d+).*", "$1");
  }

  private static long count(List<SimulatedReading> readings, Predicate<SimulatedReading> which) {
    return readings.stream().filter(which).count();
  }

  private List<SimulatedReading> readings(DeliveryFaults faults) {
    return until(faults.applyTo(sensors(), SEED));
  }

  private SimulatedReadings sensors() {
    return new SimulatedReadings(
        new GymDay(plan, SEED, ArrivalCurve.campus().pinnedTo(18), START),
        MountedSensor.allOf(plan),
        SensorFaults.none(),
        SEED,
        START);
  }

  private static List<SimulatedReading> until(Iterator<SimulatedReading> stream) {
    List<SimulatedReading> taken = new ArrayList<>();
    for (SimulatedReading it = stream.next(); it.at().isBefore(END); it = stream.next()) {
      taken.add(it);
    }
    return taken;
  }

  private static FloorPlan plan() {
    try {
      return FloorPlanFile.parse(
          """
          {"gym":{"id":"g","name":"G","latitude":0,"longitude":0,"zone":"UTC"},
           "gateway":"g-gw","machines":[
           {"id":"m-1","category":"cable","name":"A","x":1,"y":1,
            "sensors":[{"id":"pir","behaviour":"motion","source":{"type":"mqtt",
             "preset":"zigbee2mqtt","device":"rack","property":"occupancy"}}]},
           {"id":"m-2","category":"cable","name":"B","x":2,"y":1,
            "sensors":[{"id":"stamped","behaviour":"motion","source":{"type":"mqtt",
             "preset":"custom","topic":"t","pointer":"/v","active":"in","inactive":"out",
             "timestamp":{"pointer":"/at","unit":"milliseconds"}}}]}]}""",
          "plan");
    } catch (FloorPlanException e) {
      throw new IllegalStateException(e);
    }
  }
}
