package io.gympulse.system.prove;

import io.gympulse.system.link.LinkState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Which faults happen when: a function of its arguments alone.
///
/// @param lateWindow an outage beside the others, for so long that a window is computed without
///     what waits behind it
record FaultPlan(
    List<Fault> kills,
    List<Fault.Outage> outages,
    List<Fault.WrongClock> wrongClocks,
    List<Fault.ClonedCard> clonedCards,
    Optional<Fault.Outage> lateWindow) {
  /// A board without a battery wakes up in 1970.
  private static final Duration TO_1970 = Duration.ofDays(-56 * 365);

  /// How many of each are to happen.
  record Size(int kills, int outages, int wrongClocks, int clonedCards) {}

  /// Spreads faults over a run. Of two kills one hits a gateway and one the cloud; of three kills
  /// of the cloud two fall between its store's commit and the acknowledgement.
  ///
  /// @param length of the run
  static FaultPlan draw(RandomGenerator random, Size size, int branches, Duration length) {
    List<Fault> drawnKills = new ArrayList<>();
    for (int i = 0; i < size.kills(); i++) {
      drawnKills.add(kill(random, i, moment(random, i, size.kills(), length), branches));
    }
    List<Fault.Outage> drawnOutages = new ArrayList<>();
    for (int i = 0; i < size.outages(); i++) {
      drawnOutages.add(
          new Fault.Outage(
              moment(random, i, size.outages(), length),
              random.nextInt(branches),
              state(random, i),
              fraction(length, random.nextDouble(0.2, 0.9) / size.outages())));
    }
    drawnOutages.sort(Comparator.comparing(Fault.Outage::at));
    List<Fault.WrongClock> wrongClocks = new ArrayList<>();
    for (int i = 0; i < size.wrongClocks(); i++) {
      wrongClocks.add(wrongClock(random, i, size.wrongClocks(), branches, length));
    }
    List<Fault.ClonedCard> clonedCards = new ArrayList<>();
    for (int i = 0; i < size.clonedCards(); i++) {
      clonedCards.add(clonedCard(random, i, size.clonedCards(), branches, length));
    }
    return new FaultPlan(
        List.copyOf(drawnKills),
        List.copyOf(drawnOutages),
        List.copyOf(wrongClocks),
        List.copyOf(clonedCards),
        Optional.empty());
  }

  /// The same, and a link that fails in time for a window to be computed without its events. Of two
  /// outages of one link the second waits for the first, so those that would hold this one up hit
  /// the next branch.
  FaultPlan with(Fault.Outage late, int branches) {
    List<Fault.Outage> others =
        outages.stream()
            .map(it -> it.meets(late) ? it.of((it.branch() + 1) % branches) : it)
            .toList();
    return new FaultPlan(kills, others, wrongClocks, clonedCards, Optional.of(late));
  }

  private static Fault.WrongClock wrongClock(
      RandomGenerator random, int index, int count, int branches, Duration length) {
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
        random.nextInt(branches),
        cause,
        offset,
        fraction(length, random.nextDouble(0.2, 0.6) / count));
  }

  /// Of the last gateway first: the first one's link is cut for the late window.
  private static Fault.ClonedCard clonedCard(
      RandomGenerator random, int index, int count, int branches, Duration length) {
    return new Fault.ClonedCard(
        fraction(length, (index + random.nextDouble(0.1, 0.25)) / count),
        branches - 1 - index % branches,
        fraction(length, 0.08 / count),
        fraction(length, 0.04 / count),
        fraction(length, 0.25 / count),
        random.nextLong(1_000, 1_000_000));
  }

  private static Fault kill(RandomGenerator random, int index, Duration at, int branches) {
    Duration downtime = Duration.ofMillis(random.nextInt(1_500));
    if (index % 2 == 0) {
      return new Fault.KillGateway(at, random.nextInt(branches), downtime);
    }
    return (index / 2) % 3 == 2
        ? new Fault.KillCloud(at, downtime)
        : new Fault.HaltCloudBeforeAck(at, downtime);
  }

  private static LinkState state(RandomGenerator random, int index) {
    return switch (index % 3) {
      case 0 -> LinkState.BLACK_HOLE;
      case 1 -> LinkState.RESET;
      default -> new LinkState.Slow(Duration.ofMillis(random.nextInt(20, 200)), 20_000);
    };
  }

  /// A moment within the index-th of `count` equal parts of the run.
  private static Duration moment(RandomGenerator random, int index, int count, Duration length) {
    return fraction(length, (index + random.nextDouble(0.05, 0.75)) / count);
  }

  private static Duration fraction(Duration length, double fraction) {
    return Duration.ofMillis(Math.round(length.toMillis() * fraction));
  }
}
