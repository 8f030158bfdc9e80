package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.system.environment.StreamClient.Connection;
import java.time.Instant;
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

  @Test
  void a_change_while_the_cloud_was_down_may_be_missing() {
    CloudDowntimes down = GymDayFixture.cloudDown(90, 120);
    assertThat(check(List.of(connected(0, 91), connected(125)), down, frame(202, "free", 200)))
        .isEqualTo(new StreamCheck(1, 1, List.of()));
  }

  @Test
  void a_change_that_had_no_time_to_arrive_before_the_cloud_went_down_may_be_missing() {
    assertThat(
            check(
                    List.of(connected(0, 110), connected(130)),
                    GymDayFixture.cloudDown(110, 125),
                    frame(202, "free", 200))
                .errors())
        .isEmpty();
  }

  @Test
  void a_missing_change_while_connected_before_or_after_a_downtime_is_an_error() {
    assertThat(
            check(
                    List.of(connected(0, 150), connected(160)),
                    GymDayFixture.cloudDown(150, 155),
                    frame(202, "free", 200))
                .errors())
        .singleElement()
        .asString()
        .contains("no frame arrived");
    assertThat(
            check(
                    List.of(connected(0, 50), connected(60)),
                    GymDayFixture.cloudDown(50, 55),
                    frame(202, "free", 200))
                .errors())
        .singleElement()
        .asString()
        .contains("no frame arrived");
  }

  @Test
  void an_old_frame_after_a_reconnect_is_an_error() {
    assertThat(
            check(
                    List.of(connected(0, 250), connected(260)),
                    GymDayFixture.cloudDown(250, 255),
                    frame(102, "occupied", 100),
                    frame(202, "free", 200),
                    frame(261, "occupied", 100))
                .errors())
        .anyMatch(it -> it.contains("came after"));
  }

  @Test
  void a_connection_that_ends_while_the_cloud_serves_is_an_error() {
    StreamCheck.Frame[] frames = {frame(102, "occupied", 100), frame(202, "free", 200)};
    assertThat(
            check(List.of(connected(0, 300), connected(301)), GymDayFixture.cloudAlwaysUp(), frames)
                .errors())
        .singleElement()
        .asString()
        .contains("while the cloud served");
    assertThat(
            check(List.of(connected(0, 300)), GymDayFixture.cloudDown(310, 320), frames).errors())
        .hasSize(1);
  }

  @Test
  void no_connection_for_long_after_the_cloud_serves_again_is_an_error() {
    StreamCheck.Frame[] frames = {frame(102, "occupied", 100), frame(202, "free", 200)};
    CloudDowntimes down = GymDayFixture.cloudDown(300, 320);
    assertThat(check(List.of(connected(0, 300), connected(330)), down, frames).errors()).isEmpty();
    assertThat(check(List.of(connected(0, 300), connected(331)), down, frames).errors())
        .singleElement()
        .asString()
        .contains("no connection");
    assertThat(check(List.of(connected(0, 300)), down, frames).errors()).hasSize(1);
  }

  @Test
  void a_downtime_that_begins_before_the_client_had_to_reconnect_gives_it_more_time() {
    CloudDowntimes twice =
        new CloudDowntimes(
            List.of(
                new CloudDowntimes.Period(GymDayFixture.at(300), GymDayFixture.at(320)),
                new CloudDowntimes.Period(GymDayFixture.at(325), GymDayFixture.at(350))),
            GymDayFixture.TOLERANCE);
    assertThat(
            check(
                    List.of(connected(0, 300), connected(355)),
                    twice,
                    frame(102, "occupied", 100),
                    frame(202, "free", 200))
                .errors())
        .isEmpty();
  }

  private StreamCheck check(StreamCheck.Frame... frames) {
    return check(List.of(connected(0)), GymDayFixture.cloudAlwaysUp(), frames);
  }

  private StreamCheck check(
      List<Connection> connections, CloudDowntimes downtimes, StreamCheck.Frame... frames) {
    return StreamCheck.check(
        List.of(frames),
        new StreamCheck.Subscription(
            Map.of(GymDayFixture.MACHINE, GymDayFixture.GYM),
            connections,
            downtimes,
            GymDayFixture.at(1_000)),
        day.expectations());
  }

  /// To the end of the run.
  private static Connection connected(long from) {
    return new Connection(GymDayFixture.at(from), Instant.MAX);
  }

  private static Connection connected(long from, long to) {
    return new Connection(GymDayFixture.at(from), GymDayFixture.at(to));
  }

  private static StreamCheck.Frame frame(long second, String status, long since) {
    return new StreamCheck.Frame(
        GymDayFixture.at(second), GymDayFixture.GYM, GymDayFixture.state(status, since));
  }
}
