package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamCheckTest {
  private final GymDayFixture day = new GymDayFixture().event(100, "occupied").event(200, "free");

  @Test
  void all_changes_in_order_up_to_the_current_state_are_right() {
    assertThat(check(frame(102, "occupied", 100), frame(202, "free", 200)))
        .isEqualTo(new StreamCheck(2, 2, List.of()));
  }

  @Test
  void a_missing_change_that_had_time_to_arrive_is_an_error() {
    assertThat(check(frame(202, "free", 200)).errors())
        .singleElement()
        .asString()
        .contains("no frame arrived");
  }

  @Test
  void a_frame_of_an_old_state_is_an_error() {
    assertThat(
            check(frame(102, "occupied", 100), frame(202, "free", 200), frame(250, "occupied", 100))
                .errors())
        .hasSize(3);
  }

  @Test
  void a_frame_of_a_state_that_never_occurred_is_an_error() {
    assertThat(
            check(frame(102, "occupied", 100), frame(150, "free", 150), frame(202, "free", 200))
                .errors())
        .singleElement()
        .asString()
        .contains("never occurred");
  }

  @Test
  void a_change_within_a_disruption_may_be_missing() {
    day.disrupted(95, 198);
    assertThat(check(frame(202, "free", 200))).isEqualTo(new StreamCheck(1, 1, List.of()));
  }

  private StreamCheck check(StreamCheck.Frame... frames) {
    return StreamCheck.check(
        List.of(frames),
        new StreamCheck.Subscription(
            Map.of(GymDayFixture.MACHINE, GymDayFixture.GYM),
            GymDayFixture.at(0),
            GymDayFixture.at(1_000)),
        day.expectations());
  }

  private static StreamCheck.Frame frame(long second, String status, long since) {
    return new StreamCheck.Frame(
        GymDayFixture.at(second), GymDayFixture.GYM, GymDayFixture.state(status, since));
  }
}
