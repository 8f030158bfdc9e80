package io.gympulse.sim.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.sim.format.DeviceMessages.Publication;
import java.io.BufferedReader;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private final List<Publication> published = new ArrayList<>();
  private final List<TraceLine.Malformed> reported = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void a_trace_is_played_in_order_at_the_chosen_speed() throws Exception {
    Replay.Counts counts =
        replay(10)
            .play(
                trace(
                    """
                    time,topic,payload
                    1000,gym/mat,{"active":true,"rssi":-60}
                    # somebody left
                    1970-01-01T00:00:03Z,gym/mat,{"active":false,"rssi":-61}
                    2000,gym/late,x
                    """));

    assertThat(published)
        .containsExactly(
            new Publication("gym/mat", "{\"active\":true,\"rssi\":-60}", false),
            new Publication("gym/mat", "{\"active\":false,\"rssi\":-61}", false),
            new Publication("gym/late", "x", false));
    assertThat(pauses).containsExactly(Duration.ZERO, Duration.ofMillis(200), Duration.ZERO);
    assertThat(counts).isEqualTo(new Replay.Counts(3, 0));
  }

  @Test
  void a_malformed_line_is_reported_with_its_number_and_skipped() throws Exception {
    Replay.Counts counts =
        replay(1)
            .play(
                trace(
                    """
                    yesterday,gym/mat,x
                    1000
                    1000,gym/+,x
                    99999999999999999999,gym/mat,x
                    1000,gym/mat,
                    """));

    assertThat(reported).extracting(TraceLine.Malformed::number).containsExactly(1L, 2L, 3L, 4L);
    assertThat(reported.getFirst().reason()).contains("yesterday");
    assertThat(published).containsExactly(new Publication("gym/mat", "", false));
    assertThat(counts).isEqualTo(new Replay.Counts(1, 4));
  }

  @Test
  void a_replay_ends_when_a_pause_returns_false() throws Exception {
    Replay ended = new Replay(1, gap -> false, published::add, reported::add);

    assertThat(ended.play(trace("1,a,b\n2,a,b\n"))).isEqualTo(new Replay.Counts(0, 0));
  }

  @Test
  void a_speed_of_zero_or_nan_is_refused() {
    assertThatThrownBy(() -> replay(0)).hasMessageContaining("speed");
    assertThatThrownBy(() -> replay(Double.NaN)).hasMessageContaining("speed");
  }

  @Property
  void any_line_is_parsed_without_an_exception(@ForAll String line) {
    assertThat(TraceLine.parse(1, line)).isNotNull();
  }

  @Property
  void a_payload_is_parsed_unchanged(@ForAll String payload) {
    assertThat(TraceLine.parse(1, "5,gym/mat," + payload))
        .isEqualTo(new TraceLine.Message(Instant.ofEpochMilli(5), "gym/mat", payload));
  }

  private Replay replay(double speed) {
    return new Replay(
        speed,
        gap -> {
          pauses.add(gap);
          return true;
        },
        published::add,
        reported::add);
  }

  private static BufferedReader trace(String text) {
    return new BufferedReader(new StringReader(text));
  }
}
