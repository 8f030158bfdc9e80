package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.system.prove.ApiResponseCheck.FailedRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiResponseCheckTest {
  private final GymDayFixture day = new GymDayFixture().event(100, "occupied").event(200, "free");

  @Test
  void the_current_state_may_be_shown() {
    assertThat(check(response(150, "occupied", 100), response(300, "free", 200)))
        .isEqualTo(new ApiResponseCheck(2, List.of(), List.of()));
  }

  @Test
  void the_previous_state_may_be_shown_until_the_next_had_time_to_arrive() {
    assertThat(check(response(210, "occupied", 100)).errors()).isEmpty();
    assertThat(check(response(212, "occupied", 100)).errors())
        .singleElement()
        .asString()
        .contains("long after");
  }

  @Test
  void in_a_disruption_the_previous_state_may_be_shown_for_longer() {
    day.disrupted(205, 290);
    assertThat(check(response(299, "occupied", 100)).errors()).isEmpty();
    assertThat(check(response(301, "occupied", 100)).errors()).hasSize(1);
  }

  @Test
  void a_state_that_never_occurred_must_not_be_shown() {
    assertThat(check(response(300, "unknown", 200)).errors())
        .singleElement()
        .asString()
        .contains("never occurred");
    assertThat(check(response(300, "free", 250)).errors()).hasSize(1);
    assertThat(check(response(150, "free", 200)).errors()).hasSize(1);
  }

  @Test
  void counts_must_match_the_displayed_statuses() {
    BranchResponse wrong =
        new BranchResponse(
            GymDayFixture.GYM,
            GymDayFixture.at(300),
            GymDayFixture.at(300),
            "online",
            Map.of("free", 0, "occupied", 1, "unknown", 0, "offline", 0),
            List.of(new BranchResponse.Status("free", "free")),
            List.of(GymDayFixture.state("free", 200)));
    assertThat(check(wrong).errors()).singleElement().asString().contains("counts");
  }

  @Test
  void a_machine_is_displayed_with_its_stored_status_and_offline_only_with_its_gateway() {
    assertThat(check(displayedAs("online", "free")).errors()).isEmpty();
    assertThat(check(displayedAs("offline", "offline")).errors()).isEmpty();
    assertThat(check(displayedAs("online", "occupied")).errors())
        .singleElement()
        .asString()
        .contains("statuses");
    assertThat(check(displayedAs("online", "offline")).errors()).hasSize(1);
    assertThat(check(displayedAs("offline", "free")).errors()).hasSize(1);
  }

  @Test
  void a_request_that_fails_while_the_cloud_serves_is_an_error() {
    assertThat(failedUnexpectedly(failed(100, 101))).isEqualTo(List.of(failed(100, 101)));
    assertThat(failedUnexpectedly(failed(190, 198), failed(252, 252))).hasSize(2);
  }

  @Test
  void a_request_may_fail_while_the_cloud_is_down() {
    assertThat(failedUnexpectedly(failed(195, 201), failed(210, 210), failed(249, 255))).isEmpty();
  }

  /// The cloud is down from second 200 to second 250.
  private List<FailedRequest> failedUnexpectedly(FailedRequest... failed) {
    CloudDowntimes downtimes = GymDayFixture.cloudDown(200, 250);
    return ApiResponseCheck.check(
            new ApiResponseCheck.Requests(List.of(), List.of(failed)),
            downtimes,
            day.expectations())
        .failed();
  }

  private static FailedRequest failed(long requested, long failed) {
    return new FailedRequest(
        GymDayFixture.GYM, GymDayFixture.at(requested), GymDayFixture.at(failed), "refused");
  }

  private static BranchResponse displayedAs(String presence, String status) {
    return new BranchResponse(
        GymDayFixture.GYM,
        GymDayFixture.at(300),
        GymDayFixture.at(300),
        presence,
        Map.of(status, 1),
        List.of(new BranchResponse.Status(status, "free")),
        List.of(GymDayFixture.state("free", 200)));
  }

  private ApiResponseCheck check(BranchResponse... responses) {
    return ApiResponseCheck.check(
        new ApiResponseCheck.Requests(List.of(responses), List.of()),
        GymDayFixture.cloudAlwaysUp(),
        day.expectations());
  }

  private static BranchResponse response(long second, String status, long since) {
    return new BranchResponse(
        GymDayFixture.GYM,
        GymDayFixture.at(second),
        GymDayFixture.at(second),
        "online",
        Map.of(status, 1),
        List.of(new BranchResponse.Status(status, status)),
        List.of(GymDayFixture.state(status, since)));
  }
}
