package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.event.UnknownReason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OccupancyStateCodecTest {
  private final Floor floor = new Floor(Floor.level("seat", 500), Floor.pulse("motion", 60_000));

  @Test
  void a_state_is_compact() {
    floor.read("seat", true, 0).read("motion", true, 100).tick(5_000);
    assertThat(encoded()).hasSizeLessThan(300);
  }

  @Test
  void another_version_is_refused() {
    byte[] newer = encoded();
    newer[0] = 3;
    assertThatThrownBy(() -> OccupancyStateCodec.decode(floor.detector(), newer))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessage("the state is of version 3; this gateway knows version 2");
  }

  @Test
  void the_state_of_other_sensors_is_refused() {
    Floor other = new Floor(Floor.level("seat", 500), Floor.pulse("moves", 60_000));
    assertThatThrownBy(() -> OccupancyStateCodec.decode(other.detector(), encoded()))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessage("the state is of sensor 'motion', not of 'moves'");
    Floor fewer = new Floor(Floor.level("seat", 500));
    assertThatThrownBy(() -> OccupancyStateCodec.decode(fewer.detector(), encoded()))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageContaining("more sensors");
  }

  @Test
  void a_state_that_is_cut_off_is_refused_wherever_it_ends() {
    byte[] whole = encoded();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> OccupancyStateCodec.decode(floor.detector(), part))
          .isInstanceOf(UnreadableStateException.class);
    }
  }

  @Test
  void what_is_learnt_of_dwells_outlives_what_is_known_of_the_present()
      throws UnreadableStateException {
    for (int i = 0; i < 3; i++) {
      floor.read("seat", true, i * 1_000_000L).read("seat", false, i * 1_000_000L + 600_000);
    }
    floor.tick(4_000_000);
    String text = floor.detector().histories(floor.state()).text();
    OccupancyState anew =
        floor
            .detector()
            .initial(Floor.unknown(UnknownReason.GATEWAY_OFF, 0), DwellHistories.parse(text));
    assertThat(floor.detector().histories(anew).text()).isEqualTo(text);
    assertThat(text).isEqualTo("dwells 1\nseat 36:3");
    assertThat(anew.published().reason()).contains(UnknownReason.GATEWAY_OFF);
  }

  @Test
  void histories_of_another_version_or_damaged_are_refused() {
    assertThatThrownBy(() -> DwellHistories.parse("dwells 2\nseat 36:3"))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageContaining("'dwells 2'");
    for (String amiss :
        new String[] {"seat", "seat 3", "seat x:1", "seat 3:0", "SEAT 3:1", "seat 99:1"}) {
      assertThatThrownBy(() -> DwellHistories.parse("dwells 1\n" + amiss))
          .isInstanceOf(UnreadableStateException.class);
    }
  }

  private byte[] encoded() {
    return OccupancyStateCodec.encode(floor.detector(), floor.state());
  }
}
