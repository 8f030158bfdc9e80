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
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LateWindowCheckTest {
  private static final Window NOON = new Window(Instant.parse("2026-05-01T12:00:00Z"));
  private static final OutboxId OUTBOX = OutboxId.random();
  private static final MachineId BIKE = new MachineId("bike");
  private static final CategoryId CARDIO = new CategoryId("cardio");
  private static final GymId GYM = new GymId("gym");
  private static final MachineBin RIGHT =
      new MachineBin(0, 840_000, 60_000, 1, MachineStatus.UNKNOWN, MachineStatus.FREE);
  private static final Downtime LONG = cut(14, 37);

  @Test
  void a_window_that_was_recomputed_with_its_backlog_is_right() {
    assertThat(LateWindowCheck.check(stored(RIGHT), List.of(LONG)))
        .isEqualTo(new LateWindowCheck(1, 1, List.of()));
  }

  @Test
  void a_window_that_was_not_recomputed_with_its_backlog_is_an_error() {
    assertThat(LateWindowCheck.check(stored(MachineBin.UNKNOWN), List.of(LONG)).errors())
        .hasSize(1);
  }

  @Test
  void a_shorter_downtime_or_that_of_another_gym_requires_no_recomputation() {
    Downtime elsewhere = new Downtime("other", LONG.cause(), LONG.from(), LONG.to());
    Downtime dead = new Downtime("gym", Downtime.Cause.PROCESS_DOWN, LONG.from(), LONG.to());
    assertThat(
            LateWindowCheck.check(
                stored(MachineBin.UNKNOWN), List.of(cut(14, 35), elsewhere, dead)))
        .isEqualTo(LateWindowCheck.NONE);
  }

  private static Downtime cut(long fromMinute, long toMinute) {
    return new Downtime(
        "gym",
        Downtime.Cause.LINK_DOWN,
        NOON.start().plusSeconds(60 * fromMinute),
        NOON.start().plusSeconds(60 * toMinute));
  }

  /// With the window still marked as due.
  private static StoredAggregates stored(MachineBin bin) {
    FloorPlan plan =
        new FloorPlan(
            new Gym(GYM, "Gym", 0, 0, ZoneId.of("UTC")),
            new GatewayId("gw"),
            List.of(new Machine(BIKE, CARDIO, "Bike", 0, 0, List.of())));
    BinKey key = new BinKey(GYM, CARDIO, NOON);
    StoredEvent event =
        new StoredEvent(
            OUTBOX,
            new MachineEvent(
                new Sequence(1),
                BIKE,
                MachineStatus.FREE,
                Optional.empty(),
                NOON.start().plusSeconds(60),
                TimeQuality.SYNCED));
    return new StoredAggregates(
        plan,
        Map.of(BIKE, List.of(event)),
        List.of(new Interval(OUTBOX, NOON.start().plusSeconds(60), NOON.start().plusSeconds(900))),
        List.of(),
        Set.of(new DirtyWindow(CARDIO, NOON)),
        Map.of(key, new CategoryBin(key, Map.of(BIKE, bin))));
  }
}
