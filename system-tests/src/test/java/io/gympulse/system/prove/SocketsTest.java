package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SocketsTest {
  private final Day day = new Day().event(100, "occupied").event(200, "free");

  @Test
  void every_change_in_order_and_the_last_that_holds_is_right() {
    assertThat(judge(frame(102, "occupied", 100), frame(202, "free", 200)))
        .isEqualTo(new Sockets(2, 2, List.of()));
  }

  @Test
  void a_change_that_had_the_time_and_did_not_come_is_an_error() {
    assertThat(judge(frame(202, "free", 200)).errors())
        .singleElement()
        .asString()
        .contains("no frame came");
  }

  @Test
  void a_frame_of_what_is_over_for_long_is_an_error() {
    assertThat(
            judge(frame(102, "occupied", 100), frame(202, "free", 200), frame(250, "occupied", 100))
                .errors())
        .hasSize(3);
  }

  @Test
  void a_frame_of_what_never_was_is_an_error() {
    assertThat(
            judge(frame(102, "occupied", 100), frame(150, "free", 150), frame(202, "free", 200))
                .errors())
        .singleElement()
        .asString()
        .contains("never so");
  }

  @Test
  void a_change_within_a_disturbance_need_not_come() {
    day.disturbed(95, 198);
    assertThat(judge(frame(202, "free", 200))).isEqualTo(new Sockets(1, 1, List.of()));
  }

  private Sockets judge(Frame... frames) {
    return Sockets.judge(
        List.of(frames),
        new Sockets.Watched(Map.of(Day.MACHINE, Day.GYM), Day.at(0), Day.at(1_000)),
        day.expectations());
  }

  private static Frame frame(long second, String status, long since) {
    return new Frame(Day.at(second), Day.GYM, Day.shown(status, since));
  }
}
