package io.gympulse.sim.day;

import io.gympulse.contract.id.MachineId;
import io.gympulse.sim.day.MachineUse.Effort;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// How long a visitor stays on a machine of a category, and when the machine moves.
public sealed interface DwellProfile {

  /// One use of the machine that begins at `from` (whole milliseconds).
  MachineUse use(MachineId machine, Instant from, RandomGenerator random);

  /// One continuous effort, such as a run or a ride. Its length is log-normal around the median.
  ///
  /// @param spread standard deviation of the logarithm of the length
  record Continuous(Duration median, double spread, Duration shortest, Duration longest)
      implements DwellProfile {
    @Override
    public MachineUse use(MachineId machine, Instant from, RandomGenerator random) {
      Duration ride = around(median, spread, shortest, longest, random);
      Instant moves = from.plusMillis(random.nextLong(3_000, 15_000));
      Instant stops = moves.plus(ride);
      Instant leaves = stops.plusMillis(random.nextLong(3_000, 20_000));
      return new MachineUse(machine, from, leaves, List.of(new Effort(moves, stops)));
    }
  }

  /// Sets with rests between them; the visitor stays on the machine while resting.
  record Sets(int fewest, int most, Duration set, Duration rest) implements DwellProfile {
    private static final double SPREAD = 0.25;

    @Override
    public MachineUse use(MachineId machine, Instant from, RandomGenerator random) {
      int sets = random.nextInt(fewest, most + 1);
      List<Effort> efforts = new ArrayList<>(sets);
      Instant next = from.plusMillis(random.nextLong(5_000, 25_000));
      for (int i = 0; i < sets; i++) {
        Instant end = next.plus(vary(set, random));
        efforts.add(new Effort(next, end));
        next = end.plus(vary(rest, random));
      }
      Instant leaves = efforts.getLast().to().plusMillis(random.nextLong(4_000, 25_000));
      return new MachineUse(machine, from, leaves, efforts);
    }

    private static Duration vary(Duration usual, RandomGenerator random) {
      return around(usual, SPREAD, usual.dividedBy(2), usual.multipliedBy(2), random);
    }
  }

  private static Duration around(
      Duration median, double spread, Duration least, Duration most, RandomGenerator random) {
    double drawn = median.toMillis() * Math.exp(spread * random.nextGaussian());
    return Duration.ofMillis(Math.clamp(Math.round(drawn), least.toMillis(), most.toMillis()));
  }
}
