package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Fusion;
import io.gympulse.contract.floorplan.Sensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FusionTest {

  /// `1` sees somebody, `0` sees nobody, `?` is not known.
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
  void a_status_is_told_only_if_what_is_unknown_cannot_change_it(
      Fusion fusion, String seen, MachineStatus status) {
    Sensor[] sensors = new Sensor[seen.length()];
    for (int i = 0; i < sensors.length; i++) {
      sensors[i] = Floor.level("s-" + i, 0);
    }
    Floor floor = new Floor(fusion, sensors);
    for (int i = 0; i < sensors.length; i++) {
      if (seen.charAt(i) != '?') {
        floor.read("s-" + i, seen.charAt(i) == '1', 1_000);
      }
    }
    assertThat(floor.published().status()).isEqualTo(status);
  }

  @Test
  void a_majority_is_there_since_it_came_together() {
    Floor floor = three(Fusion.MAJORITY);
    floor.read("a", true, 10_000).read("b", true, 12_000).read("c", true, 13_000);
    floor.read("a", false, 20_000).read("c", false, 25_000);
    assertThat(floor.transitions())
        .containsExactly(Floor.free(0), Floor.occupied(12_000), Floor.free(25_000));
  }

  @Test
  void a_single_bad_sensor_does_not_hide_what_the_others_decide() {
    Floor floor = three(Fusion.MAJORITY).flooded("c", 5_000).read("a", true, 10_000);
    assertThat(floor.published()).isEqualTo(Floor.unknown(UnknownReason.SENSOR_CHATTERING, 10_000));
    floor.read("b", true, 12_000);
    assertThat(floor.published()).isEqualTo(Floor.occupied(12_000));
    floor.read("a", false, 20_000).read("b", false, 21_000);
    assertThat(floor.published()).isEqualTo(Floor.free(21_000));
  }

  private static Floor three(Fusion fusion) {
    return new Floor(fusion, Floor.level("a", 0), Floor.level("b", 0), Floor.level("c", 0))
        .read("a", false, 0)
        .read("b", false, 0)
        .read("c", false, 0);
  }
}
