package io.gympulse.bench.wire;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.Sequence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;

/// Generates a busy gym's events without an end: each machine is alternately used and unused, for
/// times drawn from exponential distributions, in milliseconds. The same seed gives the same
/// events.
///
/// @param used the mean time a machine is used
/// @param unused the mean time between uses
/// @param vacancy the delay after which a sensor detects that a machine is free; the event is
///     back-dated
public record GymEventStream(int machines, Duration used, Duration unused, Duration vacancy) {
  private static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");
  private static final List<String> KINDS = List.of("bike", "rower", "treadmill", "bench");

  /// @param decided when the gateway detects it, in epoch milliseconds
  private record Change(int machine, MachineStatus status, long at, long decided) {}

  public GymEventStream {
    if (machines < 1) {
      throw new IllegalArgumentException("a gym of %d machines".formatted(machines));
    }
  }

  /// The first events, in the order in which the gateway records them.
  public List<MachineEvent> events(long seed, int count) {
    Random random = new Random(seed);
    PriorityQueue<Change> next = new PriorityQueue<>(Comparator.comparingLong(Change::decided));
    for (int i = 0; i < machines; i++) {
      MachineStatus status = random.nextBoolean() ? MachineStatus.FREE : MachineStatus.OCCUPIED;
      next.add(change(i, status, MORNING.toEpochMilli(), random));
    }
    List<MachineEvent> events = new ArrayList<>(count);
    while (events.size() < count) {
      Change it = next.remove();
      events.add(event(events.size() + 1, it));
      boolean left = it.status() == MachineStatus.FREE;
      MachineStatus then = left ? MachineStatus.OCCUPIED : MachineStatus.FREE;
      next.add(change(it.machine(), then, it.at(), random));
    }
    return events;
  }

  private Change change(int machine, MachineStatus to, long from, Random random) {
    Duration mean = to == MachineStatus.FREE ? used : unused;
    long at = from + Math.round(-Math.log(1 - random.nextDouble()) * (double) mean.toMillis());
    return new Change(machine, to, at, to == MachineStatus.FREE ? at + vacancy.toMillis() : at);
  }

  /// All machines.
  public List<MachineId> ids() {
    return IntStream.range(0, machines).mapToObj(GymEventStream::id).toList();
  }

  private static MachineId id(int machine) {
    return new MachineId(
        "riverside-%s-%d".formatted(KINDS.get(machine % KINDS.size()), machine / KINDS.size() + 1));
  }

  private static MachineEvent event(int seq, Change change) {
    return new MachineEvent(
        new Sequence(seq),
        id(change.machine()),
        change.status(),
        Optional.empty(),
        Instant.ofEpochMilli(change.at()),
        TimeQuality.SYNCED);
  }

  /// The entropy of one event in bits: no code can take less on average.
  ///
  /// A time drawn from an exponential distribution of mean m, given to the millisecond, holds
  /// log2(e m / 1 ms) bits. The machines are independent of each other and alternate between two
  /// means, so an event holds half the sum of both; which machine it is of, and the order of the
  /// events, follow from the times.
  public double entropyBits() {
    return (bits(used) + bits(unused)) / 2;
  }

  private static double bits(Duration mean) {
    return Math.log(Math.E * (double) mean.toMillis()) / Math.log(2);
  }
}
