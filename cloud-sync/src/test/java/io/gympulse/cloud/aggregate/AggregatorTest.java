package io.gympulse.cloud.aggregate;

import static io.gympulse.cloud.aggregate.Club.BENCH;
import static io.gympulse.cloud.aggregate.Club.BIKE;
import static io.gympulse.cloud.aggregate.Club.CARDIO;
import static io.gympulse.cloud.aggregate.Club.GATEWAY;
import static io.gympulse.cloud.aggregate.Club.NOON;
import static io.gympulse.cloud.aggregate.Club.ONE;
import static io.gympulse.cloud.aggregate.Club.OTHER;
import static io.gympulse.cloud.aggregate.Club.PRESS;
import static io.gympulse.cloud.aggregate.Club.ROWER;
import static io.gympulse.cloud.aggregate.Club.STRENGTH;
import static io.gympulse.cloud.aggregate.Club.event;
import static io.gympulse.cloud.aggregate.Club.minute;
import static io.gympulse.contract.event.MachineStatus.FREE;
import static io.gympulse.contract.event.MachineStatus.OCCUPIED;
import static io.gympulse.contract.event.MachineStatus.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.BinKey;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.arrears.Mark;
import io.gympulse.cloud.core.gateway.GatewayNews;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.CategoryId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AggregatorTest {
  private final Club club = new Club();

  @Test
  void windows_are_computed_once_they_are_covered_to_their_end() {
    club.events(ONE, event(1, BIKE, FREE, NOON), event(2, BIKE, OCCUPIED, minute(10)));
    club.covered(ONE, minute(29));
    club.aggregate(minute(30));
    assertThat(windows(CARDIO)).containsExactly(NOON);
    assertThat(bin(CARDIO, NOON).machines())
        .containsEntry(BIKE, new MachineBin(300_000, 600_000, 0, 2, UNKNOWN, OCCUPIED))
        .containsEntry(ROWER, MachineBin.UNKNOWN);
    assertThat(bin(STRENGTH, NOON).machines()).containsOnlyKeys(BENCH, PRESS);

    club.covered(ONE, minute(30));
    assertThat(club.aggregate(minute(31))).isEqualTo(2);
    assertThat(bin(CARDIO, minute(15)).machines())
        .containsEntry(BIKE, new MachineBin(900_000, 0, 0, 0, OCCUPIED, OCCUPIED));
  }

  @Test
  void what_stays_uncovered_is_computed_after_twenty_minutes_and_again_when_it_is_covered() {
    club.events(ONE, event(1, BIKE, OCCUPIED, NOON));
    club.covered(ONE, minute(5));
    assertThat(club.aggregate(minute(34))).isZero();
    club.aggregate(minute(35));
    assertThat(bin(CARDIO, NOON).machines())
        .containsEntry(BIKE, new MachineBin(300_000, 0, 600_000, 1, UNKNOWN, UNKNOWN));
    assertThat(windows(CARDIO)).containsExactly(NOON);

    club.events(ONE, event(2, BIKE, FREE, minute(7)));
    club.covered(ONE, minute(60));
    club.aggregate(minute(61));
    assertThat(bin(CARDIO, NOON).machines())
        .containsEntry(BIKE, new MachineBin(420_000, 480_000, 0, 2, UNKNOWN, FREE));
    assertThat(windows(CARDIO)).hasSize(4);
  }

  @Test
  void what_is_due_of_a_removed_gym_is_computed_once_its_plan_is_back() {
    FloorPlan plan = club.store().floorPlans().find(GATEWAY.gym()).orElseThrow();
    club.events(ONE, event(1, BIKE, FREE, NOON));
    club.covered(ONE, minute(15));
    club.aggregate(minute(16));
    club.covered(ONE, minute(30));
    club.store().floorPlans().remove(GATEWAY.gym());
    assertThat(club.aggregate(minute(31))).isZero();
    assertThat(windows(CARDIO)).containsExactly(NOON);

    club.store().floorPlans().register(plan);
    assertThat(club.aggregate(minute(32))).isEqualTo(2);
    assertThat(windows(CARDIO)).containsExactly(NOON, minute(15));
  }

  @Test
  void nothing_is_written_twice() {
    club.events(ONE, event(1, BIKE, FREE, NOON));
    club.covered(ONE, minute(60));
    assertThat(club.aggregate(minute(60))).isEqualTo(8);
    assertThat(club.aggregate(minute(60))).isZero();
    club.tell(marked(CARDIO, NOON));
    assertThat(club.aggregate(minute(60))).isZero();
    assertThat(club.record().arrears().late()).isEmpty();
  }

  @Test
  void a_late_event_changes_its_window_and_those_behind_as_far_as_it_reaches() {
    club.events(
        ONE,
        event(1, BIKE, FREE, NOON),
        event(2, ROWER, FREE, NOON),
        event(4, BIKE, OCCUPIED, minute(100)));
    club.covered(ONE, minute(240));
    club.aggregate(minute(240));
    club.events(ONE, event(3, BIKE, OCCUPIED, minute(20)));
    // 12:15 to 13:30 change wholly or partly, 13:30 its start and the number of its transitions.
    assertThat(club.aggregate(minute(241))).isEqualTo(6);
    assertThat(bin(CARDIO, minute(15)).machines())
        .containsEntry(BIKE, new MachineBin(600_000, 300_000, 0, 1, FREE, OCCUPIED));
    assertThat(bin(CARDIO, minute(75)).machines())
        .containsEntry(BIKE, new MachineBin(900_000, 0, 0, 0, OCCUPIED, OCCUPIED));
    assertThat(bin(CARDIO, minute(90)).machines())
        .containsEntry(BIKE, new MachineBin(900_000, 0, 0, 0, OCCUPIED, OCCUPIED))
        .containsEntry(ROWER, new MachineBin(0, 900_000, 0, 0, FREE, FREE));
    assertThat(club.record().arrears().late()).isEmpty();
  }

  @Test
  void a_late_event_may_reach_further_than_is_looked_at_once() {
    club.events(ONE, event(1, BIKE, FREE, NOON));
    Instant end = NOON.plus(Duration.ofDays(5));
    club.covered(ONE, end);
    assertThat(club.aggregate(end)).isEqualTo(2 * 5 * 96);
    club.events(ONE, event(2, BIKE, OCCUPIED, minute(20)));
    assertThat(club.aggregate(end)).isEqualTo(5 * 96 - 1);
    assertThat(bins(CARDIO).getLast().machines())
        .containsEntry(BIKE, new MachineBin(900_000, 0, 0, 0, OCCUPIED, OCCUPIED));
  }

  @Test
  void a_long_backlog_is_taken_in_portions_the_oldest_first_until_all_of_it_is_done() {
    club.events(ONE, event(1, BIKE, FREE, NOON), event(2, BIKE, OCCUPIED, minute(4321)));
    Instant end = NOON.plus(Duration.ofDays(25));
    club.covered(ONE, end);
    Aggregator aggregator = new Aggregator(club.stores());
    for (int run = 1; run <= 12; run++) {
      assertThat(aggregator.aggregate(GATEWAY.gateway(), end))
          .isEqualTo(new Aggregator.Outcome(2 * Aggregator.MOST_DUE, false));
      assertThat(windows(CARDIO)).hasSize(run * Aggregator.MOST_DUE).startsWith(NOON);
      assertThat(windows(CARDIO).getLast()).isEqualTo(minute(15 * (run * Aggregator.MOST_DUE - 1)));
    }
    assertThat(aggregator.aggregate(GATEWAY.gateway(), end))
        .isEqualTo(new Aggregator.Outcome(2 * 96, true));
    assertThat(windows(CARDIO)).hasSize(25 * 96);
    assertThat(bins(CARDIO).getLast().machines())
        .containsEntry(BIKE, new MachineBin(900_000, 0, 0, 0, OCCUPIED, OCCUPIED));
  }

  @Test
  void a_new_outbox_does_not_inherit_what_the_old_one_knew() {
    club.events(ONE, event(1, BIKE, OCCUPIED, NOON));
    club.covered(ONE, minute(15));
    club.events(OTHER, event(1, ROWER, FREE, minute(15)));
    club.covered(OTHER, minute(30));
    club.aggregate(minute(30));
    assertThat(bin(CARDIO, minute(15)).machines())
        .containsEntry(BIKE, new MachineBin(0, 0, 900_000, 0, OCCUPIED, UNKNOWN));
  }

  @Test
  void machines_that_report_by_themselves_cover_five_minutes_each_time() {
    club.report(PRESS, OCCUPIED, minute(13));
    club.report(PRESS, FREE, minute(16));
    assertThat(club.aggregate(minute(34))).isZero();
    club.aggregate(minute(50));
    assertThat(windows(STRENGTH)).containsExactly(NOON, minute(15));
    assertThat(bin(STRENGTH, NOON).machines())
        .containsEntry(PRESS, new MachineBin(120_000, 0, 780_000, 1, UNKNOWN, OCCUPIED));
    assertThat(bin(STRENGTH, minute(15)).machines())
        .containsEntry(PRESS, new MachineBin(60_000, 300_000, 540_000, 1, OCCUPIED, UNKNOWN))
        .containsEntry(BENCH, MachineBin.UNKNOWN);
  }

  @Test
  void windows_older_than_events_are_kept_stay_as_they_are() {
    club.events(ONE, event(1, BIKE, FREE, NOON), event(2, BIKE, OCCUPIED, minute(50)));
    club.covered(ONE, minute(120));
    club.aggregate(minute(120));
    List<CategoryBin> before = club.bins();
    club.events(ONE, event(3, BIKE, OCCUPIED, minute(1)), event(4, BIKE, FREE, minute(70)));
    Instant later = minute(40).plus(Duration.ofDays(30));
    club.aggregate(later);
    assertThat(club.record().due(later).isEmpty()).isTrue();
    List<Instant> changed =
        club.bins().stream()
            .filter(it -> !before.contains(it))
            .map(it -> it.key().window().start())
            .toList();
    assertThat(changed).containsExactly(minute(60), minute(75), minute(90), minute(105));
  }

  @Test
  void what_a_machine_was_outlives_its_events() {
    club.events(ONE, event(1, BIKE, OCCUPIED, NOON));
    Instant later = NOON.plus(Duration.ofDays(40));
    for (Instant at = minute(60); at.isBefore(later); at = at.plus(Duration.ofDays(1))) {
      club.covered(ONE, at);
      club.aggregate(at);
    }
    assertThat(bins(CARDIO).getLast().machines())
        .containsEntry(BIKE, new MachineBin(900_000, 0, 0, 0, OCCUPIED, OCCUPIED));
  }

  @Test
  void a_machine_that_left_the_floor_stays_in_the_windows_it_stood_in() {
    club.events(ONE, event(1, BIKE, OCCUPIED, NOON), event(2, ROWER, FREE, NOON));
    club.covered(ONE, minute(30));
    club.aggregate(minute(30));
    FloorPlan plan = club.store().floorPlans().find(GATEWAY.gym()).orElseThrow();
    club.store()
        .floorPlans()
        .register(
            new FloorPlan(
                plan.gym(),
                plan.gateway(),
                plan.machines().stream().filter(it -> !it.id().equals(BIKE)).toList()));
    club.tell(marked(CARDIO, minute(15)));
    club.covered(ONE, minute(45));
    club.aggregate(minute(45));
    assertThat(bin(CARDIO, minute(15)).machines()).containsOnlyKeys(BIKE, ROWER);
    assertThat(bin(CARDIO, minute(30)).machines()).containsOnlyKeys(ROWER);
  }

  private static GatewayNews marked(CategoryId category, Instant start) {
    return GatewayNews.marked(GATEWAY, Set.of(new Mark(category, new Window(start))));
  }

  private CategoryBin bin(CategoryId category, Instant start) {
    Optional<CategoryBin> found =
        club.store()
            .aggregates()
            .find(new BinKey(GATEWAY.gym(), category, new Window(start)), NOON);
    return found.orElseThrow();
  }

  private List<CategoryBin> bins(CategoryId category) {
    return club.bins().stream().filter(it -> it.key().category().equals(category)).toList();
  }

  private List<Instant> windows(CategoryId category) {
    return bins(category).stream().map(it -> it.key().window().start()).toList();
  }
}
