package io.gympulse.system.prove;

import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.process.ProcessClock;
import io.gympulse.system.link.NetworkLink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The faults of a run and their times.
///
/// @param lateWindow an additional outage, long enough that an aggregation window is computed
///     without the events that wait behind it
record FaultPlan(
    List<Fault> kills,
    List<Fault.Outage> outages,
    List<Fault.WrongClock> wrongClocks,
    List<Fault.ClonedCard> clonedCards,
    Optional<Fault.Outage> lateWindow) {
  /// The wall clock of a board without a battery starts in 1970.
  private static final Duration TO_1970 = Duration.ofDays(-56 * 365);

  /// The number of faults of each kind.
  record Size(int kills, int outages, int wrongClocks, int clonedCards) {}

  /// Draws faults that are spread over a run: a pure function of its arguments. Half of the kills
  /// hit a gateway and half the cloud; two of three of the latter happen between the store's
  /// commit and the acknowledgement.
  ///
  /// @param length of the run
  static FaultPlan draw(RandomGenerator random, Size size, int gyms, Duration length) {
    List<Fault> drawnKills = new ArrayList<>();
    for (int i = 0; i < size.kills(); i++) {
      drawnKills.add(kill(random, i, timeWithin(random, i, size.kills(), length), gyms));
    }
    List<Fault.Outage> drawnOutages = new ArrayList<>();
    for (int i = 0; i < size.outages(); i++) {
      drawnOutages.add(
          new Fault.Outage(
              timeWithin(random, i, size.outages(), length),
              random.nextInt(gyms),
              state(random, i),
              fraction(length, random.nextDouble(0.2, 0.9) / size.outages())));
    }
    drawnOutages.sort(Comparator.comparing(Fault.Outage::at));
    List<Fault.WrongClock> wrongClocks = new ArrayList<>();
    for (int i = 0; i < size.wrongClocks(); i++) {
      wrongClocks.add(wrongClock(random, i, size.wrongClocks(), gyms, length));
    }
    List<Fault.ClonedCard> clonedCards = new ArrayList<>();
    for (int i = 0; i < size.clonedCards(); i++) {
      clonedCards.add(clonedCard(random, i, size.clonedCards(), gyms, length));
    }
    return new FaultPlan(
        List.copyOf(drawnKills),
        List.copyOf(drawnOutages),
        List.copyOf(wrongClocks),
        List.copyOf(clonedCards),
        Optional.empty());
  }

  /// Adds the outage for a late window. As the second of two outages of one link waits for the
  /// first, outages that would delay this one are moved to the next gym.
  FaultPlan withLateWindow(Fault.Outage late, int gyms) {
    List<Fault.Outage> others =
        outages.stream()
            .map(it -> it.overlaps(late) ? it.withGym((it.gym() + 1) % gyms) : it)
            .toList();
    return new FaultPlan(kills, others, wrongClocks, clonedCards, Optional.of(late));
  }

  /// The outage for a late window, of the first gym: from a minute before the end of a window
  /// until two minutes after it is computed without the missing events. Empty if the run is too
  /// short.
  ///
  /// @param length of the run
  static Optional<Fault.Outage> lateWindowOutage(ProcessClock clock, Duration length) {
    Instant now = clock.instant();
    Duration third = clock.scaled(length.dividedBy(3));
    Instant cut = Window.of(now.plus(third)).end().minus(Duration.ofMinutes(1));
    Duration at = clock.toReal(Duration.between(now, cut));
    Duration outage = clock.toReal(Duration.ofMinutes(24));
    return at.plus(outage).compareTo(length) > 0
        ? Optional.empty()
        : Optional.of(new Fault.Outage(at, 0, NetworkLink.State.BLACK_HOLE, outage));
  }

  private static Fault.WrongClock wrongClock(
      RandomGenerator random, int index, int count, int gyms, Duration length) {
    Fault.WrongClock.Cause cause =
        switch (index % 4) {
          case 0, 1 -> Fault.WrongClock.Cause.POWER_LOSS;
          case 2 -> Fault.WrongClock.Cause.SET;
          default -> Fault.WrongClock.Cause.POWER_LOSS_TWICE;
        };
    Duration offset =
        switch (index % 4) {
          case 1 -> Duration.ofDays(365);
          case 2 -> Duration.ofHours(-1);
          default -> TO_1970;
        };
    return new Fault.WrongClock(
        fraction(length, (index + 0.1) / count),
        random.nextInt(gyms),
        cause,
        offset,
        fraction(length, random.nextDouble(0.2, 0.6) / count));
  }

  /// Starts with the last gateway, as the first one's link is cut for the late window.
  private static Fault.ClonedCard clonedCard(
      RandomGenerator random, int index, int count, int gyms, Duration length) {
    return new Fault.ClonedCard(
        fraction(length, (index + random.nextDouble(0.1, 0.25)) / count),
        gyms - 1 - index % gyms,
        fraction(length, 0.08 / count),
        fraction(length, 0.04 / count),
        fraction(length, 0.25 / count),
        random.nextLong(1_000, 1_000_000));
  }

  private static Fault kill(RandomGenerator random, int index, Duration at, int gyms) {
    Duration downtime = Duration.ofMillis(random.nextInt(1_500));
    if (index % 2 == 0) {
      return new Fault.KillGateway(at, random.nextInt(gyms), downtime);
    }
    return (index / 2) % 3 == 2
        ? new Fault.KillCloud(at, downtime)
        : new Fault.CrashCloudBeforeAck(at, downtime);
  }

  private static NetworkLink.State state(RandomGenerator random, int index) {
    return switch (index % 3) {
      case 0 -> NetworkLink.State.BLACK_HOLE;
      case 1 -> NetworkLink.State.RESET;
      default -> new NetworkLink.State.Slow(Duration.ofMillis(random.nextInt(20, 200)), 20_000);
    };
  }

  /// A time within the index-th of `count` equal parts of the run.
  private static Duration timeWithin(
      RandomGenerator random, int index, int count, Duration length) {
    return fraction(length, (index + random.nextDouble(0.05, 0.75)) / count);
  }

  private static Duration fraction(Duration length, double fraction) {
    return Duration.ofMillis(Math.round(length.toMillis() * fraction));
  }
}
