package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.AggregationBacklog.DirtyWindow;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.event.EventStore.StoredEvent;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AggregateCheckTest {
  private static final Window NOON = new Window(Instant.parse("2026-05-01T12:00:00Z"));
  private static final OutboxId OUTBOX = OutboxId.random();
  private static final MachineId BIKE = new MachineId("bike");
  private static final CategoryId CARDIO = new CategoryId("cardio");
  private static final GymId GYM = new GymId("gym");
  private static final MachineBin RIGHT =
      new MachineBin(300_000, 540_000, 60_000, 2, MachineStatus.UNKNOWN, MachineStatus.OCCUPIED);

  @Test
  void a_bin_that_equals_the_reference_is_no_error() {
    AggregateCheck check = AggregateCheck.check(stored(Map.of(NOON, RIGHT), interval(60, 900)));
    assertThat(check.bins()).isEqualTo(1);
    assertThat(check.errors()).isZero();
    assertThat(check.known()).isPositive();
  }

  @Test
  void another_millisecond_transition_or_status_or_a_missing_bin_is_an_error() {
    List<MachineBin> wrong =
        List.of(
            new MachineBin(
                300_001, 539_999, 60_000, 2, MachineStatus.UNKNOWN, MachineStatus.OCCUPIED),
            new MachineBin(
                300_000, 540_000, 60_000, 1, MachineStatus.UNKNOWN, MachineStatus.OCCUPIED),
            new MachineBin(300_000, 540_000, 60_000, 2, MachineStatus.FREE, MachineStatus.OCCUPIED),
            MachineBin.UNKNOWN);
    for (MachineBin bin : wrong) {
      assertThat(AggregateCheck.check(stored(Map.of(NOON, bin), interval(60, 900))).errors())
          .isEqualTo(1);
    }
    assertThat(AggregateCheck.check(stored(Map.of(), interval(60, 900))).errors()).isEqualTo(1);
  }

  @Test
  void windows_that_are_still_to_be_computed_are_not_checked() {
    StoredAggregates uncomputed = stored(Map.of(), interval(60, 840));
    assertThat(AggregateCheck.check(uncomputed)).isEqualTo(AggregateCheck.NONE);
    StoredAggregates whole = stored(Map.of(), interval(60, 900));
    StoredAggregates marked =
        new StoredAggregates(
            whole.plan(),
            whole.events(),
            whole.covered(),
            whole.computed(),
            Set.of(new DirtyWindow(CARDIO, NOON)),
            Map.of());
    assertThat(AggregateCheck.check(marked)).isEqualTo(AggregateCheck.NONE);
  }

  @Test
  void coalesced_time_is_counted_by_its_summary_and_a_span_with_a_gap_in_coverage_is_unknown() {
    ReferenceAggregation whole =
        new ReferenceAggregation(List.of(coalesced()), List.of(interval(0, 900)));
    assertThat(whole.over(NOON))
        .isEqualTo(
            new MachineBin(
                350_000, 350_000, 200_000, 8, MachineStatus.UNKNOWN, MachineStatus.OCCUPIED));
    ReferenceAggregation cut =
        new ReferenceAggregation(List.of(coalesced()), List.of(interval(101, 900)));
    assertThat(cut.over(NOON))
        .isEqualTo(
            new MachineBin(300_000, 0, 600_000, 1, MachineStatus.UNKNOWN, MachineStatus.OCCUPIED));
  }

  @Test
  void status_is_unknown_at_the_start_of_a_new_outbox() {
    Interval second =
        new Interval(
            OutboxId.random(), NOON.start().plusSeconds(700), NOON.start().plusSeconds(800));
    ReferenceAggregation aggregation =
        new ReferenceAggregation(
            List.of(event(1, MachineStatus.FREE, 60)), List.of(interval(60, 900), second));
    assertThat(aggregation.over(NOON))
        .isEqualTo(
            new MachineBin(0, 640_000, 260_000, 1, MachineStatus.UNKNOWN, MachineStatus.UNKNOWN));
  }

  private static StoredAggregates stored(Map<Window, MachineBin> bins, Interval computed) {
    FloorPlan plan =
        new FloorPlan(
            new Gym(GYM, "Gym", 0, 0, ZoneId.of("UTC")),
            new GatewayId("gw"),
            List.of(new Machine(BIKE, CARDIO, "Bike", 0, 0, List.of())));
    Map<BinKey, CategoryBin> byKey = new HashMap<>();
    bins.forEach(
        (window, bin) -> {
          BinKey key = new BinKey(GYM, CARDIO, window);
          byKey.put(key, new CategoryBin(key, Map.of(BIKE, bin)));
        });
    List<StoredEvent> events =
        List.of(event(1, MachineStatus.FREE, 60), event(2, MachineStatus.OCCUPIED, 600));
    return new StoredAggregates(
        plan, Map.of(BIKE, events), List.of(interval(60, 900)), List.of(computed), Set.of(), byKey);
  }

  private static Interval interval(int from, int to) {
    return new Interval(OUTBOX, NOON.start().plusSeconds(from), NOON.start().plusSeconds(to));
  }

  private static StoredEvent event(long seq, MachineStatus status, int second) {
    return new StoredEvent(
        OUTBOX,
        new MachineEvent(
            new Sequence(seq),
            BIKE,
            status,
            Optional.empty(),
            NOON.start().plusSeconds(second),
            TimeQuality.SYNCED));
  }

  private static StoredEvent coalesced() {
    return new StoredEvent(
        OUTBOX,
        new MachineEvent(
            new Sequence(10),
            BIKE,
            MachineStatus.OCCUPIED,
            Optional.empty(),
            NOON.start().plusSeconds(600),
            TimeQuality.SYNCED,
            Optional.of(
                new Summary(
                    new Sequence(3),
                    NOON.start().plusSeconds(100),
                    Duration.ofSeconds(50),
                    Duration.ofSeconds(350),
                    Duration.ofSeconds(100),
                    7))));
  }
}
