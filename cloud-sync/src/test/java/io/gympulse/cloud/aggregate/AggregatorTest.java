package io.gympulse.cloud.aggregate;

import static io.gympulse.cloud.aggregate.TestGym.BENCH;
import static io.gympulse.cloud.aggregate.TestGym.BIKE;
import static io.gympulse.cloud.aggregate.TestGym.CARDIO;
import static io.gympulse.cloud.aggregate.TestGym.GATEWAY;
import static io.gympulse.cloud.aggregate.TestGym.NOON;
import static io.gympulse.cloud.aggregate.TestGym.ONE;
import static io.gympulse.cloud.aggregate.TestGym.OTHER;
import static io.gympulse.cloud.aggregate.TestGym.PRESS;
import static io.gympulse.cloud.aggregate.TestGym.ROWER;
import static io.gympulse.cloud.aggregate.TestGym.STRENGTH;
import static io.gympulse.cloud.aggregate.TestGym.event;
import static io.gympulse.cloud.aggregate.TestGym.minute;
import static io.gympulse.contract.event.MachineStatus.FREE;
import static io.gympulse.contract.event.MachineStatus.OCCUPIED;
import static io.gympulse.contract.event.MachineStatus.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.AggregationBacklog.DirtyWindow;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.gateway.Gateway.GatewayUpdate;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.CategoryId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AggregatorTest {
  private final TestGym gym = new TestGym();

  @Test
  void windows_are_computed_once_they_are_covered_to_their_end() {
    gym.events(ONE, event(1, BIKE, FREE, NOON), event(2, BIKE, OCCUPIED, minute(10)));
    gym.covered(ONE, minute(29));
    gym.aggregate(minute(30));
    assertThat(windows(CARDIO)).containsExactly(NOON);
    assertThat(bin(CARDIO, NOON).machines())
        .containsEntry(BIKE, new MachineBin(300_000, 600_000, 0, 2, UNKNOWN, OCCUPIED))
        .containsEntry(ROWER, MachineBin.UNKNOWN);
    assertThat(bin(STRENGTH, NOON).machines()).containsOnlyKeys(BENCH, PRESS);

    gym.covered(ONE, minute(30));
    assertThat(gym.aggregate(minute(31))).isEqualTo(2);
    assertThat(bin(CARDIO, minute(15)).machines())
        .containsEntry(BIKE, new MachineBin(900_000, 0, 0, 0, OCCUPIED, OCCUPIED));
  }

  @Test
  void uncovered_windows_are_computed_after_twenty_minutes_and_again_when_covered() {
    gym.events(ONE, event(1, BIKE, OCCUPIED, NOON));
    gym.covered(ONE, minute(5));
    assertThat(gym.aggregate(minute(34))).isZero();
    gym.aggregate(minute(35));
    assertThat(bin(CARDIO, NOON).machines())
        .containsEntry(BIKE, new MachineBin(300_000, 0, 600_000, 1, UNKNOWN, UNKNOWN));
    assertThat(windows(CARDIO)).containsExactly(NOON);

    gym.events(ONE, event(2, BIKE, FREE, minute(7)));
    gym.covered(ONE, minute(60));
    gym.aggregate(minute(61));
    assertThat(bin(CARDIO, NOON).machines())
        .containsEntry(BIKE, new MachineBin(420_000, 480_000, 0, 2, UNKNOWN, FREE));
    assertThat(windows(CARDIO)).hasSize(4);
  }

  @Test
  void windows_of_a_removed_gym_are_computed_once_its_plan_is_back() {
    FloorPlan plan = gym.store().floorPlans().find(GATEWAY.gym()).orElseThrow();
    gym.events(ONE, event(1, BIKE, FREE, NOON));
    gym.covered(ONE, minute(15));
    gym.aggregate(minute(16));
    gym.covered(ONE, minute(30));
    gym.store().floorPlans().remove(GATEWAY.gym());
    assertThat(gym.aggregate(minute(31))).isZero();
    assertThat(windows(CARDIO)).containsExactly(NOON);

    gym.store().floorPlans().register(plan);
    assertThat(gym.aggregate(minute(32))).isEqualTo(2);
    assertThat(windows(CARDIO)).containsExactly(NOON, minute(15));
  }

  @Test
  void nothing_is_written_twice() {
    gym.events(ONE, event(1, BIKE, FREE, NOON));
    gym.covered(ONE, minute(60));
    assertThat(gym.aggregate(minute(60))).isEqualTo(8);
    assertThat(gym.aggregate(minute(60))).isZero();
    gym.update(marked(CARDIO, NOON));
    assertThat(gym.aggregate(minute(60))).isZero();
    assertThat(gym.record().backlog().dirty()).isEmpty();
  }

  @Test
  void a_late_event_changes_its_window_and_those_behind_as_far_as_it_reaches() {
    gym.events(
        ONE,
        event(1, BIKE, FREE, NOON),
        event(2, ROWER, FREE, NOON),
        event(4, BIKE, OCCUPIED, minute(100)));
    gym.covered(ONE, minute(240));
    gym.aggregate(minute(240));
    gym.events(ONE, event(3, BIKE, OCCUPIED, minute(20)));
    // 12:15 to 13:30 change wholly or partly, 13:30 its start and the number of its transitions.
    assertThat(gym.aggregate(minute(241))).isEqualTo(6);
    assertThat(bin(CARDIO, minute(15)).machines())
        .containsEntry(BIKE, new MachineBin(600_000, 300_000, 0, 1, FREE, OCCUPIED));
    assertThat(bin(CARDIO, minute(75)).machines())
        .containsEntry(BIKE, new MachineBin(900_000, 0, 0, 0, OCCUPIED, OCCUPIED));
    assertThat(bin(CARDIO, minute(90)).machines())
        .containsEntry(BIKE, new MachineBin(900_000, 0, 0, 0, OCCUPIED, OCCUPIED))
        .containsEntry(ROWER, new MachineBin(0, 900_000, 0, 0, FREE, FREE));
    assertThat(gym.record().backlog().dirty()).isEmpty();
  }

  @Test
  void a_late_event_may_reach_further_than_is_looked_at_once() {
    gym.events(ONE, event(1, BIKE, FREE, NOON));
    Instant end = NOON.plus(Duration.ofDays(5));
    gym.covered(ONE, end);
    assertThat(gym.aggregate(end)).isEqualTo(2 * 5 * 96);
    gym.events(ONE, event(2, BIKE, OCCUPIED, minute(20)));
    assertThat(gym.aggregate(end)).isEqualTo(5 * 96 - 1);
    assertThat(bins(CARDIO).getLast().machines())
        .containsEntry(BIKE, new MachineBin(900_000, 0, 0, 0, OCCUPIED, OCCUPIED));
  }

  @Test
  void a_long_backlog_is_taken_in_portions_the_oldest_first_until_all_of_it_is_done() {
    gym.events(ONE, event(1, BIKE, FREE, NOON), event(2, BIKE, OCCUPIED, minute(4321)));
    Instant end = NOON.plus(Duration.ofDays(25));
    gym.covered(ONE, end);
    Aggregator aggregator = new Aggregator(gym.stores());
    for (int run = 1; run <= 12; run++) {
      assertThat(aggregator.aggregate(GATEWAY.gateway(), end))
          .isEqualTo(new Aggregator.Outcome(2 * Aggregator.MAX_DUE, false));
      assertThat(windows(CARDIO)).hasSize(run * Aggregator.MAX_DUE).startsWith(NOON);
      assertThat(windows(CARDIO).getLast()).isEqualTo(minute(15 * (run * Aggregator.MAX_DUE - 1)));
    }
    assertThat(aggregator.aggregate(GATEWAY.gateway(), end))
        .isEqualTo(new Aggregator.Outcome(2 * 96, true));
    assertThat(windows(CARDIO)).hasSize(25 * 96);
    assertThat(bins(CARDIO).getLast().machines())
        .containsEntry(BIKE, new MachineBin(900_000, 0, 0, 0, OCCUPIED, OCCUPIED));
  }

  @Test
  void a_new_outbox_does_not_inherit_the_status_of_the_old_one() {
    gym.events(ONE, event(1, BIKE, OCCUPIED, NOON));
    gym.covered(ONE, minute(15));
    gym.events(OTHER, event(1, ROWER, FREE, minute(15)));
    gym.covered(OTHER, minute(30));
    gym.aggregate(minute(30));
    assertThat(bin(CARDIO, minute(15)).machines())
        .containsEntry(BIKE, new MachineBin(0, 0, 900_000, 0, OCCUPIED, UNKNOWN));
  }

  @Test
  void machines_that_report_by_themselves_cover_five_minutes_each_time() {
    gym.report(PRESS, OCCUPIED, minute(13));
    gym.report(PRESS, FREE, minute(16));
    assertThat(gym.aggregate(minute(34))).isZero();
    gym.aggregate(minute(50));
    assertThat(windows(STRENGTH)).containsExactly(NOON, minute(15));
    assertThat(bin(STRENGTH, NOON).machines())
        .containsEntry(PRESS, new MachineBin(120_000, 0, 780_000, 1, UNKNOWN, OCCUPIED));
    assertThat(bin(STRENGTH, minute(15)).machines())
        .containsEntry(PRESS, new MachineBin(60_000, 300_000, 540_000, 1, OCCUPIED, UNKNOWN))
        .containsEntry(BENCH, MachineBin.UNKNOWN);
  }

  @Test
  void windows_older_than_events_are_kept_stay_as_they_are() {
    gym.events(ONE, event(1, BIKE, FREE, NOON), event(2, BIKE, OCCUPIED, minute(50)));
    gym.covered(ONE, minute(120));
    gym.aggregate(minute(120));
    List<CategoryBin> before = gym.bins();
    gym.events(ONE, event(3, BIKE, OCCUPIED, minute(1)), event(4, BIKE, FREE, minute(70)));
    Instant later = minute(40).plus(Duration.ofDays(30));
    gym.aggregate(later);
    assertThat(gym.record().due(later).isEmpty()).isTrue();
    List<Instant> changed =
        gym.bins().stream()
            .filter(it -> !before.contains(it))
            .map(it -> it.key().window().start())
            .toList();
    assertThat(changed).containsExactly(minute(60), minute(75), minute(90), minute(105));
  }

  @Test
  void the_end_status_of_a_window_is_kept_longer_than_events() {
    gym.events(ONE, event(1, BIKE, OCCUPIED, NOON));
    Instant later = NOON.plus(Duration.ofDays(40));
    for (Instant at = minute(60); at.isBefore(later); at = at.plus(Duration.ofDays(1))) {
      gym.covered(ONE, at);
      gym.aggregate(at);
    }
    assertThat(bins(CARDIO).getLast().machines())
        .containsEntry(BIKE, new MachineBin(900_000, 0, 0, 0, OCCUPIED, OCCUPIED));
  }

  @Test
  void a_machine_that_left_the_floor_stays_in_the_windows_it_stood_in() {
    gym.events(ONE, event(1, BIKE, OCCUPIED, NOON), event(2, ROWER, FREE, NOON));
    gym.covered(ONE, minute(30));
    gym.aggregate(minute(30));
    FloorPlan plan = gym.store().floorPlans().find(GATEWAY.gym()).orElseThrow();
    gym.store()
        .floorPlans()
        .register(
            new FloorPlan(
                plan.gym(),
                plan.gateway(),
                plan.machines().stream().filter(it -> !it.id().equals(BIKE)).toList()));
    gym.update(marked(CARDIO, minute(15)));
    gym.covered(ONE, minute(45));
    gym.aggregate(minute(45));
    assertThat(bin(CARDIO, minute(15)).machines()).containsOnlyKeys(BIKE, ROWER);
    assertThat(bin(CARDIO, minute(30)).machines()).containsOnlyKeys(ROWER);
  }

  private static GatewayUpdate marked(CategoryId category, Instant start) {
    return GatewayUpdate.dirty(GATEWAY, Set.of(new DirtyWindow(category, new Window(start))));
  }

  private CategoryBin bin(CategoryId category, Instant start) {
    Optional<CategoryBin> found =
        gym.store().aggregates().find(new BinKey(GATEWAY.gym(), category, new Window(start)), NOON);
    return found.orElseThrow();
  }

  private List<CategoryBin> bins(CategoryId category) {
    return gym.bins().stream().filter(it -> it.key().category().equals(category)).toList();
  }

  private List<Instant> windows(CategoryId category) {
    return bins(category).stream().map(it -> it.key().window().start()).toList();
  }
}
