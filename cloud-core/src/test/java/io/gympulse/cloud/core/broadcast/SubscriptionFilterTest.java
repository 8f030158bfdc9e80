package io.gympulse.cloud.core.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubscriptionFilterTest {
  private static final GymId GYM = new GymId("downtown");
  private static final GymId OTHER_GYM = new GymId("riverside");
  private static final CategoryId BIKE = new CategoryId("bike");
  private static final CategoryId ROWER = new CategoryId("rower");
  private static final MachineId BIKE_1 = new MachineId("bike-1");
  private static final MachineId BIKE_2 = new MachineId("bike-2");

  @Test
  void without_filters_every_update_matches() {
    assertThat(SubscriptionFilter.ALL.matches(GYM, BIKE, BIKE_1)).isTrue();
    assertThat(SubscriptionFilter.ALL.matches(GYM)).isTrue();
  }

  @Test
  void every_filter_given_must_match() {
    SubscriptionFilter bikesDowntown =
        new SubscriptionFilter(Optional.of(GYM), Optional.of(BIKE), Optional.empty());
    assertThat(bikesDowntown.matches(GYM, BIKE, BIKE_1)).isTrue();
    assertThat(bikesDowntown.matches(OTHER_GYM, BIKE, BIKE_1)).isFalse();
    assertThat(bikesDowntown.matches(GYM, ROWER, BIKE_1)).isFalse();
  }

  @Test
  void a_machine_filter_matches_that_machine_only() {
    SubscriptionFilter one =
        new SubscriptionFilter(Optional.empty(), Optional.empty(), Optional.of(BIKE_1));
    assertThat(one.matches(GYM, BIKE, BIKE_1)).isTrue();
    assertThat(one.matches(GYM, BIKE, BIKE_2)).isFalse();
  }

  @Test
  void a_machine_filter_without_a_gym_matches_no_presence() {
    SubscriptionFilter one =
        new SubscriptionFilter(Optional.empty(), Optional.empty(), Optional.of(BIKE_1));
    assertThat(one.matches(GYM)).isFalse();
    SubscriptionFilter placed =
        new SubscriptionFilter(Optional.of(GYM), Optional.empty(), Optional.of(BIKE_1));
    assertThat(placed.matches(GYM)).isTrue();
  }

  @Test
  void presence_is_matched_by_the_gym_only() {
    SubscriptionFilter bikesDowntown =
        new SubscriptionFilter(Optional.of(GYM), Optional.of(BIKE), Optional.empty());
    assertThat(bikesDowntown.matches(GYM)).isTrue();
    assertThat(bikesDowntown.matches(OTHER_GYM)).isFalse();
  }
}
