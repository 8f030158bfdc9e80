package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.SensorId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InboxTest {
  private static final SensorId MAD = new SensorId("mad");
  private static final SensorId SANE = new SensorId("sane");

  private final Inbox inbox = new Inbox(List.of(MAD, SANE));

  @Test
  void inputs_of_all_sensors_are_taken_in_the_order_of_their_times() {
    for (int i = 1; i <= 10; i++) {
      inbox.add(MAD, Floor.reading("mad", true, 10L * i));
    }
    inbox.add(SANE, Floor.reading("sane", true, 95));
    List<DetectorInput.OfSensor> taken = all();
    assertThat(taken).isSortedAccordingTo(Comparator.comparing(DetectorInput::at)).hasSize(11);
    assertThat(taken.get(9)).isEqualTo(Floor.reading("sane", true, 95));
  }

  @Test
  void inputs_of_one_time_are_taken_from_each_sensor_in_turn() {
    for (int i = 0; i < 100; i++) {
      inbox.add(MAD, Floor.reading("mad", i % 2 == 0, 5));
    }
    inbox.add(SANE, Floor.reading("sane", true, 5));
    assertThat(all().indexOf(Floor.reading("sane", true, 5))).isEqualTo(1);
  }

  @Test
  void however_much_one_sensor_says_another_is_behind_no_more_than_its_lane() {
    say("mad", 10_000);
    inbox.add(SANE, Floor.reading("sane", true, 10_000));
    assertThat(all().indexOf(Floor.reading("sane", true, 10_000))).isEqualTo(Lane.CAPACITY + 2);
  }

  @Test
  void a_sensor_that_says_too_much_loses_what_lies_between_the_first_and_the_last() {
    say("mad", 10_000);
    List<DetectorInput.OfSensor> taken = all();
    assertThat(taken).hasSize(Lane.CAPACITY + 2);
    for (int i = 0; i < Lane.CAPACITY; i++) {
      assertThat(taken.get(i)).isEqualTo(Floor.reading("mad", i % 2 == 0, i));
    }
    assertThat(taken.get(Lane.CAPACITY))
        .isEqualTo(new DetectorInput.Flooded(MAD, Floor.at(Lane.CAPACITY)));
    assertThat(taken.getLast()).isEqualTo(Floor.reading("mad", false, 9_999));
    assertThat(inbox.dropped()).isEqualTo(10_000 - Lane.CAPACITY - 1);
  }

  @Test
  void after_a_flood_was_taken_everything_is_kept_again() {
    say("mad", 1_000);
    all();
    say("mad", 3);
    assertThat(all()).hasSize(3);
  }

  @Test
  void that_a_source_went_down_is_never_lost_in_a_flood() {
    say("mad", 1_000);
    DetectorInput.OfSensor down = new DetectorInput.SourceDown(MAD, Floor.at(1_000));
    inbox.add(MAD, down);
    assertThat(all()).endsWith(new DetectorInput.Flooded(MAD, Floor.at(Lane.CAPACITY)), down);
  }

  @Test
  void that_a_source_came_up_again_is_not_lost_in_a_flood_either() {
    say("mad", 1_000);
    inbox.add(MAD, new DetectorInput.SourceDown(MAD, Floor.at(1_000)));
    DetectorInput.OfSensor up = new DetectorInput.SourceUp(MAD, Floor.at(1_001));
    inbox.add(MAD, up);
    assertThat(all()).endsWith(new DetectorInput.Flooded(MAD, Floor.at(Lane.CAPACITY)), up);
  }

  @Test
  void the_last_level_outlives_a_flood_that_began_with_the_source_coming_up() {
    say("mad", Lane.CAPACITY);
    DetectorInput.OfSensor up = new DetectorInput.SourceUp(MAD, Floor.at(200));
    inbox.add(MAD, up);
    assertThat(all())
        .endsWith(
            new DetectorInput.Flooded(MAD, Floor.at(200)), up, Floor.reading("mad", false, 200));
    assertThat(inbox.dropped()).isZero();
  }

  @Test
  void a_device_that_is_away_stays_so_when_its_source_comes_up() {
    say("mad", 1_000);
    DetectorInput.OfSensor away = new DetectorInput.Away(MAD, Floor.at(1_000));
    inbox.add(MAD, away);
    inbox.add(MAD, new DetectorInput.SourceUp(MAD, Floor.at(1_001)));
    assertThat(all()).endsWith(new DetectorInput.Flooded(MAD, Floor.at(Lane.CAPACITY)), away);
  }

  @Test
  void the_oldest_input_is_known_whosever_it_is() {
    inbox.add(MAD, Floor.reading("mad", true, 7));
    inbox.add(SANE, Floor.reading("sane", true, 3));
    assertThat(inbox.oldest()).contains(Floor.at(3));
    all();
    assertThat(inbox.oldest()).isEmpty();
  }

  @Test
  void a_sensor_of_another_floor_is_not_heard() {
    inbox.add(new SensorId("other"), Floor.reading("other", true, 0));
    assertThat(inbox.poll()).isEmpty();
  }

  private void say(String sensor, int times) {
    for (int i = 0; i < times; i++) {
      inbox.add(new SensorId(sensor), Floor.reading(sensor, i % 2 == 0, i));
    }
  }

  private List<DetectorInput.OfSensor> all() {
    List<DetectorInput.OfSensor> taken = new ArrayList<>();
    for (Optional<DetectorInput.OfSensor> it = inbox.poll(); it.isPresent(); it = inbox.poll()) {
      taken.add(it.get());
    }
    return taken;
  }
}
