package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Machine.Fusion;
import io.gympulse.contract.floorplan.Sensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FusionTest {

  /// `1` is occupied, `0` is free, `?` is unknown.
  @ParameterizedTest
  @CsvSource({
    "ANY, 000, FREE",
    "ANY, 00?, UNKNOWN",
    "ANY, 01?, OCCUPIED",
    "ALL, 111, OCCUPIED",
    "ALL, 11?, UNKNOWN",
    "ALL, 10?, FREE",
    "MAJORITY, 11?, OCCUPIED",
    "MAJORITY, 00?, FREE",
    "MAJORITY, 10?, UNKNOWN",
    "MAJORITY, 110, OCCUPIED",
    "MAJORITY, 1?0, UNKNOWN",
    "MAJORITY, 10, FREE",
    "MAJORITY, 11, OCCUPIED",
    "ANY, ?, UNKNOWN",
    "ALL, 1, OCCUPIED"
  })
  void a_status_is_known_only_if_no_unknown_sensor_can_change_it(
      Fusion fusion, String levels, MachineStatus status) {
    Sensor[] sensors = new Sensor[levels.length()];
    for (int i = 0; i < sensors.length; i++) {
      sensors[i] = TestMachine.level("s-" + i, 0);
    }
    TestMachine machine = new TestMachine(fusion, sensors);
    for (int i = 0; i < sensors.length; i++) {
      if (levels.charAt(i) != '?') {
        machine.read("s-" + i, levels.charAt(i) == '1', 1_000);
      }
    }
    assertThat(machine.published().status()).isEqualTo(status);
  }

  @Test
  void a_majority_counts_since_it_was_reached() {
    TestMachine machine = three(Fusion.MAJORITY);
    machine.read("a", true, 10_000).read("b", true, 12_000).read("c", true, 13_000);
    machine.read("a", false, 20_000).read("c", false, 25_000);
    assertThat(machine.transitions())
        .containsExactly(
            TestMachine.free(0), TestMachine.occupied(12_000), TestMachine.free(25_000));
  }

  @Test
  void a_single_faulty_sensor_does_not_hide_what_the_others_decide() {
    TestMachine machine = three(Fusion.MAJORITY).overflow("c", 5_000).read("a", true, 10_000);
    assertThat(machine.published())
        .isEqualTo(TestMachine.unknown(UnknownReason.SENSOR_CHATTERING, 10_000));
    machine.read("b", true, 12_000);
    assertThat(machine.published()).isEqualTo(TestMachine.occupied(12_000));
    machine.read("a", false, 20_000).read("b", false, 21_000);
    assertThat(machine.published()).isEqualTo(TestMachine.free(21_000));
  }

  private static TestMachine three(Fusion fusion) {
    return new TestMachine(
            fusion, TestMachine.level("a", 0), TestMachine.level("b", 0), TestMachine.level("c", 0))
        .read("a", false, 0)
        .read("b", false, 0)
        .read("c", false, 0);
  }
}
