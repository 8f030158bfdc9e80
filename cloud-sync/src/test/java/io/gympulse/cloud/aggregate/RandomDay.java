package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/// Random windows of one machine: events of two outboxes, coalesced ones, its own reports, at times
/// that collide, and coverage that begins and ends anywhere.
///
/// @param grid all times are multiples of it after the first window's start
record RandomDay(
    Window first, int windows, Duration grid, List<HistoryEntry> entries, List<Interval> covered) {
  private static final List<MachineStatus> STATUSES =
      List.copyOf(EnumSet.allOf(MachineStatus.class));
  private static final List<OutboxId> OUTBOXES =
      List.of(new OutboxId(new UUID(7, 1)), new OutboxId(new UUID(7, 2)));

  static RandomDay of(long seed, Duration grid) {
    Random random = new Random(seed);
    Window first = Window.of(Instant.parse("2026-05-01T12:00:00Z"));
    RandomDay day =
        new RandomDay(first, 1 + random.nextInt(6), grid, new ArrayList<>(), new ArrayList<>());
    for (OutboxId outbox : OUTBOXES) {
      long from = random.nextLong(day.steps());
      long to = random.nextLong(day.steps());
      if (from < to) {
        day.covered.add(new Interval(outbox, day.at(from), day.at(to)));
      }
    }
    if (random.nextInt(3) == 0) {
      day.covered.add(new Interval(OUTBOXES.getFirst(), day.at(0), day.at(day.steps())));
    }
    int entries = random.nextInt(25);
    for (int seq = 1; seq <= entries; seq++) {
      day.entries.add(day.entry(random, seq));
    }
    return day;
  }

  long steps() {
    return windows * perWindow();
  }

  long perWindow() {
    return Window.LENGTH.dividedBy(grid);
  }

  Instant at(long step) {
    return first.start().plus(grid.multipliedBy(step));
  }

  private HistoryEntry entry(Random random, int seq) {
    long step = random.nextLong(steps());
    MachineStatus status = STATUSES.get(random.nextInt(3));
    if (random.nextInt(5) == 0) {
      return new HistoryEntry(
          at(step), status, Optional.empty(), Optional.empty(), Optional.empty(), 0);
    }
    Optional<Summary> summary =
        random.nextInt(3) == 0 ? Optional.of(summary(random, seq, step)) : Optional.empty();
    return new HistoryEntry(
        at(step),
        status,
        Optional.empty(),
        summary,
        Optional.of(OUTBOXES.get(random.nextInt(2))),
        seq);
  }

  /// Of any length from nothing to all of the window before the step.
  private Summary summary(Random random, int seq, long step) {
    long length = random.nextLong(1 + Math.min(step % perWindow(), 1 + random.nextLong(60)));
    long occupied = random.nextLong(length + 1);
    long free = random.nextLong(length - occupied + 1);
    return new Summary(
        new Sequence(seq),
        at(step - length),
        grid.multipliedBy(occupied),
        grid.multipliedBy(free),
        grid.multipliedBy(length - occupied - free),
        random.nextInt(4));
  }
}
