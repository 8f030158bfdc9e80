package io.gympulse.system.prove;

import io.gympulse.system.link.LinkState;
import io.gympulse.system.rig.Branch;
import io.gympulse.system.rig.CardCopy;
import io.gympulse.system.rig.Counters;
import io.gympulse.system.rig.Rig;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Copies gateways' cards and lets a second gateway run from each copy. For one thread; what it
/// tells is for any.
final class CardCloning {
  /// How long the two gateways, which take turns on one connection, may take to send everything.
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(5);

  /// Reports of counters after which the last event is in them.
  private static final int REPORTS = 3;

  private final Rig rig;
  private final Disturbances disturbances;
  private final Absences absences;
  private final PrintStream out;
  private final List<Cloning> all = new ArrayList<>();
  private long unsent;

  CardCloning(Rig rig, Disturbances disturbances, Absences absences, PrintStream out) {
    this.rig = rig;
    this.disturbances = disturbances;
    this.absences = absences;
    this.out = out;
  }

  synchronized List<Cloning> all() {
    return List.copyOf(all);
  }

  /// Events that copies still held when their time to send them was over.
  synchronized long unsent() {
    return unsent;
  }

  /// @param link held while the original's link is cut
  void happen(Fault.ClonedCard fault, ReentrantLock link) throws IOException, InterruptedException {
    Branch branch = rig.branches().get(fault.branch());
    String gym = branch.plan().gym().id().value();
    Disturbances.Disturbance disturbance = disturbances.begin(Optional.of(gym));
    CardCopy copy = copied(branch, gym, fault, link);
    pause(fault.apart());
    out.printf(
        "  a copy of the card of %s runs for %.1f s%n", gym, fault.length().toMillis() / 1000.0);
    Instant from = absences.now();
    try {
      copy.start(fault.seed());
      pause(fault.length());
      copy.stopSimulator();
      drain(copy, gym);
    } finally {
      copy.close();
    }
    Counters left = copy.counters();
    note(new Cloning(gym, from, absences.now()), left.waiting() + left.quarantined());
    disturbances.endAfterReunion(disturbance, List.of(branch));
  }

  private CardCopy copied(Branch branch, String gym, Fault.ClonedCard fault, ReentrantLock link)
      throws IOException, InterruptedException {
    link.lockInterruptibly();
    try {
      branch.setLink(LinkState.BLACK_HOLE);
      Instant cut = absences.now();
      pause(fault.cut());
      CardCopy copy;
      synchronized (branch) {
        branch.gateway().kill();
        Instant dead = absences.now();
        copy = branch.copyCard();
        absences.ended(gym, Absence.Cause.DEAD, dead);
        branch.startGateway();
      }
      absences.ended(gym, Absence.Cause.CUT, cut);
      branch.setLink(LinkState.UP);
      out.printf(
          "  copied the card of %s, on which %d events waited%n", gym, branch.counters().waiting());
      return copy;
    } finally {
      link.unlock();
    }
  }

  private void drain(CardCopy copy, String gym) throws InterruptedException {
    long ended = copy.reports();
    long deadline = System.nanoTime() + DRAIN_LIMIT.toNanos();
    while ((copy.reports() < ended + REPORTS || !copy.counters().allSent())
        && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    out.printf(
        "  the copy of the card of %s ends: waiting %d, quarantined %d%n",
        gym, copy.counters().waiting(), copy.counters().quarantined());
  }

  private synchronized void note(Cloning cloning, long ofCopy) {
    all.add(cloning);
    unsent += ofCopy;
  }

  private static void pause(Duration length) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(length.toNanos());
  }
}
