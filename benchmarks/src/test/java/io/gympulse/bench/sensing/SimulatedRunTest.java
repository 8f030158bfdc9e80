package io.gympulse.bench.sensing;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.sim.day.ArrivalCurve;
import io.gympulse.sim.sensor.DeliveryFaults;
import io.gympulse.system.sensing.Timeline.Comparison;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SimulatedRunTest {
  private static final Instant START = Instant.parse("2026-03-03T13:00:00Z");
  private static final Duration HALF_A_DAY = Duration.ofHours(12);

  @Test
  void a_contact_is_exact_and_the_same_run_gives_the_same_figures() throws Exception {
    FloorPlan plan = plan("contact", "\"preset\":\"tasmota\",\"device\":\"seat\"");
    SimulatedRun run =
        SimulatedRun.of(plan, ArrivalCurve.campus(), 1, START, HALF_A_DAY, DeliveryFaults.none());
    Comparison contact = run.accuracy().byUse().getOrDefault(Behaviour.CONTACT, Comparison.NONE);

    assertThat(contact.machineHours()).isEqualTo(12);
    assertThat(contact.wrongSecondsPerHour()).isLessThan(1);
    assertThat(contact.unknownSecondsPerHour()).isLessThan(1);
    assertThat(
            run.accuracy().byMovement().getOrDefault(Behaviour.CONTACT, Comparison.NONE).occupied())
        .isPositive();
    assertThat(
            SimulatedRun.of(
                plan, ArrivalCurve.campus(), 1, START, HALF_A_DAY, DeliveryFaults.none()))
        .isEqualTo(run);
  }

  @Test
  void a_lost_report_of_inactivity_costs_until_the_next_message() throws Exception {
    FloorPlan plan = plan("contact", "\"preset\":\"tasmota\",\"device\":\"seat\"");
    Comparison contact =
        SimulatedRun.of(
                plan, ArrivalCurve.campus(), 1, START, HALF_A_DAY, DeliveryFaults.lostOffs(1))
            .accuracy()
            .byUse()
            .getOrDefault(Behaviour.CONTACT, Comparison.NONE);

    assertThat(contact.wrongSecondsPerHour()).isBetween(20.0, 900.0);
    assertThat(contact.occupied()).isEqualTo(contact.wrong());
  }

  private static FloorPlan plan(String behaviour, String source) throws Exception {
    return FloorPlanFile.parse(
        """
        {"gym":{"id":"g","name":"G","latitude":0,"longitude":0,"zone":"America/Los_Angeles"},
         "gateway":"g-gw","machines":[{"id":"m","category":"cable","name":"M","x":1,"y":1,
          "sensors":[{"id":"s","behaviour":"%s","source":{"type":"mqtt",%s}}]}]}"""
            .formatted(behaviour, source),
        "plan");
  }
}
