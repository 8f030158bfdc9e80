package io.gympulse.system.prove;

import io.gympulse.system.environment.ClonedGateway;
import io.gympulse.system.environment.GymProcesses;
import io.gympulse.system.environment.OutboxCounters;
import io.gympulse.system.environment.TestEnvironment;
import io.gympulse.system.link.NetworkLink;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Clones gateways' SD cards and runs a second gateway from each clone. Faults are injected by
/// one thread; results may be read by any.
final class CardCloner {
  /// For both gateways, which take turns on one connection, to send everything.
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(5);

  /// The number of reports after which the counters include the last event.
  private static final int REPORTS = 3;

  private final TestEnvironment environment;
  private final Disruptions disruptions;
  private final Downtime.Log downtimes;
  private final PrintStream out;
  private final List<ClonePeriod> periods = new ArrayList<>();
  private long unsent;

  CardCloner(
      TestEnvironment environment,
      Disruptions disruptions,
      Downtime.Log downtimes,
      PrintStream out) {
    this.environment = environment;
    this.disruptions = disruptions;
    this.downtimes = downtimes;
    this.out = out;
  }

  synchronized List<ClonePeriod> periods() {
    return List.copyOf(periods);
  }

  /// The number of events that clones had not sent within the limit.
  synchronized long unsent() {
    return unsent;
  }

  /// @param link locked while the original's link is down
  void inject(Fault.ClonedCard fault, ReentrantLock link) throws IOException, InterruptedException {
    GymProcesses gym = environment.gyms().get(fault.gym());
    Disruptions.Disruption disruption = disruptions.begin(Optional.of(gym.gymId()));
    ClonedGateway clone = cloneCard(gym, fault, link);
    pause(fault.apart());
    out.printf(
        "  a clone of the gateway of %s runs for %.1f s%n",
        gym.gymId(), fault.length().toMillis() / 1000.0);
    Instant from = downtimes.now();
    try {
      clone.start(fault.seed());
      pause(fault.length());
      clone.stopSimulator();
      drain(clone, gym.gymId());
    } finally {
      clone.close();
    }
    OutboxCounters left = clone.counters();
    add(new ClonePeriod(gym.gymId(), from, downtimes.now()), left.waiting() + left.quarantined());
    disruptions.endAfterReconnect(disruption, List.of(gym));
  }

  private ClonedGateway cloneCard(GymProcesses gym, Fault.ClonedCard fault, ReentrantLock link)
      throws IOException, InterruptedException {
    link.lockInterruptibly();
    try {
      gym.setLink(NetworkLink.State.BLACK_HOLE);
      Instant cut = downtimes.now();
      pause(fault.cut());
      ClonedGateway clone;
      synchronized (gym) {
        gym.gateway().kill();
        Instant killed = downtimes.now();
        clone = gym.cloneCard();
        downtimes.add(gym.gymId(), Downtime.Cause.PROCESS_DOWN, killed);
        gym.startGateway();
      }
      downtimes.add(gym.gymId(), Downtime.Cause.LINK_DOWN, cut);
      gym.setLink(NetworkLink.State.UP);
      out.printf(
          "  cloned the card of %s, on which %d events waited%n",
          gym.gymId(), gym.counters().waiting());
      return clone;
    } finally {
      link.unlock();
    }
  }

  private void drain(ClonedGateway clone, String gymId) throws InterruptedException {
    long before = clone.reportCount();
    long deadline = System.nanoTime() + DRAIN_LIMIT.toNanos();
    while ((clone.reportCount() < before + REPORTS || !clone.counters().allSent())
        && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    out.printf(
        "  the clone of the gateway of %s ends: waiting %d, quarantined %d%n",
        gymId, clone.counters().waiting(), clone.counters().quarantined());
  }

  private synchronized void add(ClonePeriod period, long unsentEvents) {
    periods.add(period);
    unsent += unsentEvents;
  }

  private static void pause(Duration length) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(length.toNanos());
  }

  /// A period in which a second gateway ran from a cloned card, on the processes' clock.
  record ClonePeriod(String gym, Instant from, Instant to) {
    /// How long after the period the original's alive mark may be older than the clone's events.
    private static final Duration ALIVE_MARK_AGE = Duration.ofMinutes(10);

    /// Whether the clone was running during the original's downtime, so that the gym appeared
    /// online.
    boolean hides(Downtime downtime) {
      return overlaps(downtime, to);
    }

    /// Whether events of the clone may lie within the gap left by the downtime.
    boolean mayFillGapOf(Downtime downtime) {
      return overlaps(downtime, to.plus(ALIVE_MARK_AGE));
    }

    private boolean overlaps(Downtime downtime, Instant end) {
      return downtime.gym().equals(gym)
          && downtime.from().isBefore(end)
          && downtime.to().isAfter(from);
    }
  }
}
