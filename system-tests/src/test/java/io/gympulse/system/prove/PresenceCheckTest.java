package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PresenceCheckTest {
  private static final Duration OFFLINE_AFTER = Duration.ofSeconds(100);

  private final GymDayFixture day = new GymDayFixture().disrupted(1_000, 1_400);
  private final List<Downtime> downtimes =
      List.of(
          new Downtime(
              GymDayFixture.GYM,
              Downtime.Cause.LINK_DOWN,
              GymDayFixture.at(1_000),
              GymDayFixture.at(1_390)));

  @Test
  void a_gateway_is_online_while_nothing_is_disrupted() {
    assertThat(check(response(900, "online", "free")))
        .isEqualTo(new PresenceCheck(1, 0, List.of()));
    assertThat(check(response(900, "offline", "offline")).errors()).hasSize(1);
  }

  @Test
  void a_gateway_whose_link_is_down_for_long_is_offline_with_all_its_machines() {
    assertThat(check(response(1_110, "offline", "offline")))
        .isEqualTo(new PresenceCheck(0, 1, List.of()));
    assertThat(check(response(1_110, "online", "free")).errors()).hasSize(1);
    assertThat(check(response(1_110, "offline", "free")).errors()).hasSize(1);
  }

  @Test
  void in_between_online_and_offline_may_be_shown() {
    assertThat(check(response(1_109, "online", "free"), response(1_409, "offline", "offline")))
        .isEqualTo(new PresenceCheck(0, 0, List.of()));
  }

  private PresenceCheck check(BranchResponse... responses) {
    return PresenceCheck.check(List.of(responses), downtimes, OFFLINE_AFTER, day.expectations());
  }

  private static BranchResponse response(long second, String presence, String status) {
    return new BranchResponse(
        GymDayFixture.GYM,
        GymDayFixture.at(second),
        GymDayFixture.at(second),
        presence,
        Map.of(status, 1),
        List.of(new BranchResponse.Status(status, status)),
        List.of());
  }
}
