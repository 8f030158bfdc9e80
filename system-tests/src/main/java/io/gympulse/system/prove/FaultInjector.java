package io.gympulse.system.prove;

import io.gympulse.system.environment.GymProcesses;
import io.gympulse.system.environment.TestEnvironment;
import io.gympulse.system.link.NetworkLink;
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

/// Injects a plan's faults into a running system. Kills happen one after the other; outages,
/// wrong clocks and cloned cards happen in parallel to them.
final class FaultInjector {
  private final TestEnvironment environment;
  private final Disruptions disruptions;
  private final Downtime.Log downtimes;
  private final PrintStream out;
  /// One per gym: of two outages of one link the second waits for the first.
  private final List<ReentrantLock> links;

  private final long start;
  private final CloudCrashes cloudCrashes;
  private final CardCloner cardCloner;
  private int gatewayKills;
  private final AtomicReference<@Nullable Throwable> outageFailure = new AtomicReference<>();
  private final AtomicReference<@Nullable Throwable> clockFailure = new AtomicReference<>();
  private final AtomicReference<@Nullable Throwable> cloningFailure = new AtomicReference<>();

  /// @param downtimes takes the gateways' downtimes
  FaultInjector(
      TestEnvironment environment,
      Disruptions disruptions,
      Downtime.Log downtimes,
      PrintStream out) {
    this.environment = environment;
    this.disruptions = disruptions;
    this.downtimes = downtimes;
    this.out = out;
    this.cloudCrashes = new CloudCrashes(environment, disruptions, downtimes::now, out);
    this.cardCloner = new CardCloner(environment, disruptions, downtimes, out);
    this.links = environment.gyms().stream().map(_ -> new ReentrantLock()).toList();
    this.start = System.nanoTime();
  }

  /// Returns when every fault has been injected and all killed processes run again.
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
        case Fault.KillCloud kill -> cloudCrashes.kill(kill);
        case Fault.CrashCloudBeforeAck crash -> cloudCrashes.crashBeforeAck(crash);
        case Fault.Outage outage -> outage(outage);
        case Fault.WrongClock wrong -> wrongClock(wrong);
        case Fault.ClonedCard cloned -> clonedCard(cloned);
      }
    }
    outages.join();
    late.join();
    clocks.join();
    cards.join();
    throwIfFailed(outageFailure.get(), "a link could not be cut or restored");
    throwIfFailed(clockFailure.get(), "a gateway did not restart after a loss of power");
    throwIfFailed(cloningFailure.get(), "a card could not be cloned, or its clone not run");
  }

  private static void throwIfFailed(@Nullable Throwable failure, String message)
      throws IOException {
    if (failure != null) {
      throw new IOException(message, failure);
    }
  }

  String summary() {
    return "kills: gateway %d, cloud %d, of these between store and acknowledgement %d"
        .formatted(gatewayKills, cloudCrashes.count(), cloudCrashes.beforeAck());
  }

  /// Whether at least a third of the cloud's crashes happened between store and acknowledgement.
  boolean hasEnoughCrashesBeforeAck() {
    return 3 * cloudCrashes.beforeAck() >= cloudCrashes.count();
  }

  private void killGateway(Fault.KillGateway kill) throws IOException, InterruptedException {
    GymProcesses gym = environment.gyms().get(kill.gym());
    Disruptions.Disruption disruption = disruptions.begin(Optional.of(gym.gymId()));
    synchronized (gym) {
      gym.gateway().kill();
      Instant killed = downtimes.now();
      gatewayKills++;
      out.println("  killed " + gym.gateway().name());
      pause(kill.downtime());
      downtimes.add(gym.gymId(), Downtime.Cause.PROCESS_DOWN, killed);
      gym.startGateway();
    }
    disruptions.endAfterReconnect(disruption, List.of(gym));
  }

  private void wrongClock(Fault.WrongClock fault) {
    try {
      sleepUntil(fault.at());
      GymProcesses gym = environment.gyms().get(fault.gym());
      out.printf(
          "  clock of %s: %s, wrong by %s for %.1f s%n",
          gym.gymId(), fault.cause(), fault.offset(), fault.length().toMillis() / 1000.0);
      Disruptions.Disruption disruption = disruptions.begin(Optional.of(gym.gymId()));
      switch (fault.cause()) {
        case SET -> gym.clockFile().desynchronise(fault.offset());
        case POWER_LOSS -> losePower(gym, fault.offset());
        case POWER_LOSS_TWICE -> {
          losePower(gym, fault.offset());
          pause(fault.length().dividedBy(2));
          losePower(gym, fault.offset());
        }
      }
      pause(fault.length());
      gym.clockFile().synchronise();
      disruptions.endAfterReconnect(disruption, List.of(gym));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      clockFailure.set(e);
    }
  }

  private void clonedCard(Fault.ClonedCard fault) {
    try {
      sleepUntil(fault.at());
      cardCloner.inject(fault, links.get(fault.gym()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      cloningFailure.set(e);
    }
  }

  CardCloner cardCloner() {
    return cardCloner;
  }

  /// After [#inject] has returned.
  List<CloudDowntimes.Period> cloudDowntimes() {
    return cloudCrashes.downtimes();
  }

  private void losePower(GymProcesses gym, Duration offset)
      throws IOException, InterruptedException {
    synchronized (gym) {
      gym.gateway().kill();
      Instant killed = downtimes.now();
      gym.clockFile().reboot(offset);
      downtimes.add(gym.gymId(), Downtime.Cause.PROCESS_DOWN, killed);
      gym.startGateway();
    }
  }

  private void outage(Fault.Outage outage) {
    try {
      sleepUntil(outage.at());
      GymProcesses gym = environment.gyms().get(outage.gym());
      links.get(outage.gym()).lockInterruptibly();
      try {
        failLink(gym, outage);
      } finally {
        links.get(outage.gym()).unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      outageFailure.set(e);
    }
  }

  private void failLink(GymProcesses gym, Fault.Outage outage) throws InterruptedException {
    out.printf(
        "  link of %s: %s for %.1f s%n",
        gym.gymId(),
        outage.state().getClass().getSimpleName(),
        outage.length().toMillis() / 1000.0);
    Disruptions.Disruption disruption = disruptions.begin(Optional.of(gym.gymId()));
    gym.setLink(outage.state());
    Instant cut = downtimes.now();
    pause(outage.length());
    if (!(outage.state() instanceof NetworkLink.State.Slow)) {
      downtimes.add(gym.gymId(), Downtime.Cause.LINK_DOWN, cut);
    }
    gym.setLink(NetworkLink.State.UP);
    disruptions.endAfterReconnect(disruption, List.of(gym));
  }

  void sleepUntil(Duration at) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(start + at.toNanos() - System.nanoTime());
  }

  private static void pause(Duration length) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(length.toNanos());
  }
}
