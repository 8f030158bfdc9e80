package io.gympulse.cloud.core.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AudienceTest {
  private static final GymId GYM = new GymId("downtown");
  private static final GymId OTHER_GYM = new GymId("riverside");
  private static final CategoryId BIKE = new CategoryId("bike");
  private static final CategoryId ROWER = new CategoryId("rower");
  private static final MachineId BIKE_1 = new MachineId("bike-1");
  private static final MachineId BIKE_2 = new MachineId("bike-2");

  @Test
  void without_filters_everything_is_heard() {
    assertThat(Audience.EVERYONE.hears(GYM, BIKE, BIKE_1)).isTrue();
    assertThat(Audience.EVERYONE.hears(GYM)).isTrue();
  }

  @Test
  void every_filter_given_must_match() {
    Audience bikesDowntown = new Audience(Optional.of(GYM), Optional.of(BIKE), Optional.empty());
    assertThat(bikesDowntown.hears(GYM, BIKE, BIKE_1)).isTrue();
    assertThat(bikesDowntown.hears(OTHER_GYM, BIKE, BIKE_1)).isFalse();
    assertThat(bikesDowntown.hears(GYM, ROWER, BIKE_1)).isFalse();
  }

  @Test
  void a_machine_is_heard_alone() {
    Audience one = new Audience(Optional.empty(), Optional.empty(), Optional.of(BIKE_1));
    assertThat(one.hears(GYM, BIKE, BIKE_1)).isTrue();
    assertThat(one.hears(GYM, BIKE, BIKE_2)).isFalse();
  }

  @Test
  void who_follows_one_machine_alone_is_spared_the_presence_of_all_gyms() {
    Audience one = new Audience(Optional.empty(), Optional.empty(), Optional.of(BIKE_1));
    assertThat(one.hears(GYM)).isFalse();
    Audience placed = new Audience(Optional.of(GYM), Optional.empty(), Optional.of(BIKE_1));
    assertThat(placed.hears(GYM)).isTrue();
  }

  @Test
  void presence_is_a_matter_of_the_gym_only() {
    Audience bikesDowntown = new Audience(Optional.of(GYM), Optional.of(BIKE), Optional.empty());
    assertThat(bikesDowntown.hears(GYM)).isTrue();
    assertThat(bikesDowntown.hears(OTHER_GYM)).isFalse();
  }
}
