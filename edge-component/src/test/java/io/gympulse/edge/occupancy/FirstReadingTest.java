package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SensorTiming;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What a machine counts as between the start of the gateway and its sensor's first reading.
class FirstReadingTest {
  private static final Sensor SEAT = TestMachine.level("seat", 0);
  private static final MachineState OFF = TestMachine.unknown(UnknownReason.GATEWAY_OFF, 0);

  @Test
  void without_a_reading_for_a_minute_that_is_why_the_machine_is_unknown() {
    TestMachine machine = new TestMachine(OFF, SEAT).up("seat", 10_000).tick(69_999);
    assertThat(machine.published()).isEqualTo(OFF);
    assertThat(machine.watermark()).isEqualTo(TestMachine.at(69_999));
    machine.tick(70_000);
    assertThat(machine.published())
        .isEqualTo(TestMachine.unknown(UnknownReason.NO_READING, 70_000));
    machine.read("seat", true, 80_000).tick(80_000);
    assertThat(machine.published()).isEqualTo(TestMachine.occupied(80_000));
  }

  @Test
  void a_reading_within_the_minute_decides_at_once() {
    TestMachine machine =
        new TestMachine(OFF, SEAT).up("seat", 10_000).read("seat", false, 11_000).tick(200_000);
    assertThat(machine.transitions()).containsExactly(TestMachine.free(11_000));
  }

  @Test
  void a_source_that_runs_again_without_a_reading_is_not_the_reason_any_more() {
    TestMachine machine =
        new TestMachine(SEAT).read("seat", false, 0).tick(1_000).down("seat", 5_000);
    assertThat(machine.published().reason()).contains(UnknownReason.SOURCE_DOWN);
    machine.up("seat", 10_000).tick(70_000);
    assertThat(machine.published().reason()).contains(UnknownReason.NO_READING);
  }

  @Test
  void a_source_that_fails_again_meanwhile_is() {
    TestMachine machine =
        new TestMachine(OFF, SEAT).up("seat", 10_000).down("seat", 20_000).tick(200_000);
    assertThat(machine.published().reason()).contains(UnknownReason.SOURCE_DOWN);
  }

  @Test
  void a_sensor_that_is_soon_dead_is_so_no_later() {
    Sensor tag =
        TestMachine.level("tag", SensorTiming.NONE.withSilentAfter(Duration.ofSeconds(16)));
    TestMachine machine = new TestMachine(OFF, tag).up("tag", 10_000).tick(27_000);
    assertThat(machine.published())
        .isEqualTo(TestMachine.unknown(UnknownReason.SENSOR_DEAD, 27_000));
  }
}
