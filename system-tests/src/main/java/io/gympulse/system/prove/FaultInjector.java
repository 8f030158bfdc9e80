package io.gympulse.system.prove;

import io.gympulse.system.link.LinkState;
import io.gympulse.system.process.ManagedProcess;
import io.gympulse.system.process.ProcessFailedException;
import io.gympulse.system.rig.Branch;
import io.gympulse.system.rig.Rig;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Lets a plan's faults happen to a running system. Kills happen one after the other, outages
/// beside them.
final class FaultInjector {
  private static final Duration ACK_LIMIT = Duration.ofSeconds(15);
  private static final int HALTED = 137;

  /// What a gateway takes to tell all once it is connected again; real time.
  private static final Duration REUNION = Duration.ofSeconds(3);

  private static final Duration CONNECTION_CHECK = Duration.ofMillis(50);

  private final Rig rig;
  private final Disturbances disturbances;
  private final PrintStream out;
  private final long start;
  private int gatewayKills;
  private int cloudKills;
  private int cloudKillsBeforeAck;
  private final AtomicReference<@Nullable Throwable> clockFailure = new AtomicReference<>();

  FaultInjector(Rig rig, Disturbances disturbances, PrintStream out) {
    this.rig = rig;
    this.disturbances = disturbances;
    this.out = out;
    this.start = System.nanoTime();
  }

  /// Returns when every fault has happened and everything that was killed runs again.
  void inject(FaultPlan plan) throws IOException, InterruptedException {
    Thread outages =
        Thread.ofVirtual().name("outages").start(() -> plan.outages().forEach(this::outage));
    Thread clocks =
        Thread.ofVirtual().name("clocks").start(() -> plan.wrongClocks().forEach(this::wrongClock));
    for (Fault fault : plan.kills()) {
      sleepUntil(fault.at());
      switch (fault) {
        case Fault.KillGateway kill -> killGateway(kill);
        case Fault.KillCloud kill -> killCloud(kill);
        case Fault.HaltCloudBeforeAck halt -> haltCloud(halt);
        case Fault.Outage outage -> outage(outage);
        case Fault.WrongClock wrong -> wrongClock(wrong);
      }
    }
    outages.join();
    clocks.join();
    Throwable failure = clockFailure.get();
    if (failure != null) {
      throw new IOException("a gateway did not come back after a loss of power", failure);
    }
  }

  String summary() {
    return "kills: gateway %d, cloud %d, of these between store and acknowledgement %d"
        .formatted(gatewayKills, cloudKills, cloudKillsBeforeAck);
  }

  /// Whether enough of the cloud's deaths fell between store and acknowledgement: a third.
  boolean hitTheGap() {
    return 3 * cloudKillsBeforeAck >= cloudKills;
  }

  private void killGateway(Fault.KillGateway kill) throws IOException, InterruptedException {
    Branch branch = rig.branches().get(kill.branch());
    Disturbances.Disturbance disturbance = disturbances.begin(gymOf(branch));
    synchronized (branch) {
      branch.gateway().kill();
      gatewayKills++;
      out.println("  killed " + branch.gateway().name());
      pause(kill.downtime());
      branch.startGateway();
    }
    endAfterReunion(disturbance, List.of(branch));
  }

  private void killCloud(Fault.KillCloud kill) throws IOException, InterruptedException {
    Disturbances.Disturbance disturbance = disturbances.begin(Optional.empty());
    rig.cloud().kill();
    cloudKills++;
    restartCloud(kill.downtime());
    endAfterReunion(disturbance, rig.branches());
  }

  private static Optional<String> gymOf(Branch branch) {
    return Optional.of(branch.plan().gym().id().value());
  }

  /// A gateway waits before it tries to connect again, the longer the more often it failed.
  private void endAfterReunion(Disturbances.Disturbance disturbance, List<Branch> branches) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (!branches.stream().allMatch(Branch::reachesCloud)) {
                  pause(CONNECTION_CHECK);
                }
                pause(REUNION);
                disturbances.end(disturbance);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
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
      endAfterReunion(disturbance, List.of(branch));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      clockFailure.set(e);
    }
  }

  private static void losePower(Branch branch, Duration offset)
      throws IOException, InterruptedException {
    synchronized (branch) {
      branch.gateway().kill();
      branch.clocks().reboot(offset);
      branch.startGateway();
    }
  }

  private void haltCloud(Fault.HaltCloudBeforeAck halt) throws IOException, InterruptedException {
    Disturbances.Disturbance disturbance = disturbances.begin(Optional.empty());
    ManagedProcess cloud = rig.cloud();
    order(rig.feed().resolve("/fault/halt-before-ack"));
    cloudKills++;
    if (halted(cloud)) {
      cloudKillsBeforeAck++;
      out.println("  the cloud died between store and acknowledgement");
    } else {
      out.println("  killed the cloud: nothing was about to be acknowledged");
      cloud.kill();
    }
    restartCloud(halt.downtime());
    endAfterReunion(disturbance, rig.branches());
  }

  /// Whether it died as ordered, and of nothing else.
  private static boolean halted(ManagedProcess process) throws InterruptedException {
    int exit;
    try {
      exit = process.awaitExit(ACK_LIMIT);
    } catch (ProcessFailedException e) {
      return false;
    }
    if (exit != HALTED) {
      throw new ProcessFailedException(
          "%s ended by itself with %d".formatted(process.name(), exit));
    }
    return true;
  }

  private void restartCloud(Duration downtime) throws IOException, InterruptedException {
    pause(downtime);
    rig.startCloud();
  }

  /// The answer may be cut off by what it orders.
  private static void order(URI uri) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status / 100 != 2) {
        throw new ProcessFailedException("%s answered %d".formatted(uri, status));
      }
    } catch (IOException e) {
      // Whether it took the order shows in how it ends.
    }
  }

  private void outage(Fault.Outage outage) {
    try {
      sleepUntil(outage.at());
      Branch branch = rig.branches().get(outage.branch());
      out.printf(
          "  link of %s: %s for %.1f s%n",
          branch.plan().gym().id(),
          outage.state().getClass().getSimpleName(),
          outage.length().toMillis() / 1000.0);
      Disturbances.Disturbance disturbance = disturbances.begin(gymOf(branch));
      branch.setLink(outage.state());
      pause(outage.length());
      branch.setLink(LinkState.UP);
      endAfterReunion(disturbance, List.of(branch));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void sleepUntil(Duration at) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(start + at.toNanos() - System.nanoTime());
  }

  private static void pause(Duration length) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(length.toNanos());
  }
}
