package io.gympulse.system.prove;

import io.gympulse.system.link.LinkState;
import io.gympulse.system.rig.Branch;
import io.gympulse.system.rig.Rig;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Lets a plan's faults happen to a running system. Kills happen one after the other, outages
/// beside them.
final class FaultInjector {
  private final Rig rig;
  private final Disturbances disturbances;
  private final Absences absences;
  private final PrintStream out;
  /// Of two outages of one link the second waits for the first.
  private final List<ReentrantLock> links;

  private final long start;
  private final CloudDeaths cloudDeaths;
  private final CardCloning cloning;
  private int gatewayKills;
  private final AtomicReference<@Nullable Throwable> outageFailure = new AtomicReference<>();
  private final AtomicReference<@Nullable Throwable> clockFailure = new AtomicReference<>();
  private final AtomicReference<@Nullable Throwable> cloningFailure = new AtomicReference<>();

  /// @param absences takes when gateways were dead or cut off
  FaultInjector(Rig rig, Disturbances disturbances, Absences absences, PrintStream out) {
    this.rig = rig;
    this.disturbances = disturbances;
    this.absences = absences;
    this.out = out;
    this.cloudDeaths = new CloudDeaths(rig, disturbances, out);
    this.cloning = new CardCloning(rig, disturbances, absences, out);
    this.links = rig.branches().stream().map(_ -> new ReentrantLock()).toList();
    this.start = System.nanoTime();
  }

  /// Returns when every fault has happened and everything that was killed runs again.
  void inject(FaultPlan plan) throws IOException, InterruptedException {
    Thread outages =
        Thread.ofVirtual().name("outages").start(() -> plan.outages().forEach(this::outage));
    Thread late =
        Thread.ofVirtual().name("late").start(() -> plan.lateWindow().ifPresent(this::outage));
    Thread clocks =
        Thread.ofVirtual().name("clocks").start(() -> plan.wrongClocks().forEach(this::wrongClock));
    Thread cards =
        Thread.ofVirtual().name("cards").start(() -> plan.clonedCards().forEach(this::clonedCard));
    for (Fault fault : plan.kills()) {
      sleepUntil(fault.at());
      switch (fault) {
        case Fault.KillGateway kill -> killGateway(kill);
        case Fault.KillCloud kill -> cloudDeaths.kill(kill);
        case Fault.HaltCloudBeforeAck halt -> cloudDeaths.haltBeforeAck(halt);
        case Fault.Outage outage -> outage(outage);
        case Fault.WrongClock wrong -> wrongClock(wrong);
        case Fault.ClonedCard cloned -> clonedCard(cloned);
      }
    }
    outages.join();
    late.join();
    clocks.join();
    cards.join();
    require(outageFailure.get(), "a link could not be cut or restored");
    require(clockFailure.get(), "a gateway did not come back after a loss of power");
    require(cloningFailure.get(), "a card could not be copied, or its copy not be run");
  }

  private static void require(@Nullable Throwable failure, String message) throws IOException {
    if (failure != null) {
      throw new IOException(message, failure);
    }
  }

  String summary() {
    return "kills: gateway %d, cloud %d, of these between store and acknowledgement %d"
        .formatted(gatewayKills, cloudDeaths.all(), cloudDeaths.beforeAck());
  }

  /// Whether enough of the cloud's deaths fell between store and acknowledgement: a third.
  boolean hitTheGap() {
    return 3 * cloudDeaths.beforeAck() >= cloudDeaths.all();
  }

  private void killGateway(Fault.KillGateway kill) throws IOException, InterruptedException {
    Branch branch = rig.branches().get(kill.branch());
    Disturbances.Disturbance disturbance = disturbances.begin(gymOf(branch));
    synchronized (branch) {
      branch.gateway().kill();
      Instant dead = absences.now();
      gatewayKills++;
      out.println("  killed " + branch.gateway().name());
      pause(kill.downtime());
      absences.ended(gymOf(branch).orElseThrow(), Absence.Cause.DEAD, dead);
      branch.startGateway();
    }
    disturbances.endAfterReunion(disturbance, List.of(branch));
  }

  private static Optional<String> gymOf(Branch branch) {
    return Optional.of(branch.plan().gym().id().value());
  }

  private void wrongClock(Fault.WrongClock fault) {
    try {
      sleepUntil(fault.at());
      Branch branch = rig.branches().get(fault.branch());
      out.printf(
          "  clock of %s: %s, wrong by %s for %.1f s%n",
          branch.plan().gym().id(),
          fault.cause(),
          fault.offset(),
          fault.length().toMillis() / 1000.0);
      Disturbances.Disturbance disturbance = disturbances.begin(gymOf(branch));
      switch (fault.cause()) {
        case SET -> branch.clocks().desynchronise(fault.offset());
        case POWER_LOSS -> losePower(branch, fault.offset());
        case POWER_LOSS_TWICE -> {
          losePower(branch, fault.offset());
          pause(fault.length().dividedBy(2));
          losePower(branch, fault.offset());
        }
      }
      pause(fault.length());
      branch.clocks().synchronise();
      disturbances.endAfterReunion(disturbance, List.of(branch));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      clockFailure.set(e);
    }
  }

  private void clonedCard(Fault.ClonedCard fault) {
    try {
      sleepUntil(fault.at());
      cloning.happen(fault, links.get(fault.branch()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      cloningFailure.set(e);
    }
  }

  CardCloning cloning() {
    return cloning;
  }

  private void losePower(Branch branch, Duration offset) throws IOException, InterruptedException {
    synchronized (branch) {
      branch.gateway().kill();
      Instant dead = absences.now();
      branch.clocks().reboot(offset);
      absences.ended(gymOf(branch).orElseThrow(), Absence.Cause.DEAD, dead);
      branch.startGateway();
    }
  }

  private void outage(Fault.Outage outage) {
    try {
      sleepUntil(outage.at());
      Branch branch = rig.branches().get(outage.branch());
      links.get(outage.branch()).lockInterruptibly();
      try {
        failLink(branch, outage);
      } finally {
        links.get(outage.branch()).unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      outageFailure.set(e);
    }
  }

  private void failLink(Branch branch, Fault.Outage outage) throws InterruptedException {
    out.printf(
        "  link of %s: %s for %.1f s%n",
        branch.plan().gym().id(),
        outage.state().getClass().getSimpleName(),
        outage.length().toMillis() / 1000.0);
    Disturbances.Disturbance disturbance = disturbances.begin(gymOf(branch));
    branch.setLink(outage.state());
    Instant cut = absences.now();
    pause(outage.length());
    if (!(outage.state() instanceof LinkState.Slow)) {
      absences.ended(gymOf(branch).orElseThrow(), Absence.Cause.CUT, cut);
    }
    branch.setLink(LinkState.UP);
    disturbances.endAfterReunion(disturbance, List.of(branch));
  }

  void sleepUntil(Duration at) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(start + at.toNanos() - System.nanoTime());
  }

  private static void pause(Duration length) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(length.toNanos());
  }
}
