package io.gympulse.system.prove;

import io.gympulse.system.process.ManagedProcess;
import io.gympulse.system.process.ProcessFailedException;
import io.gympulse.system.rig.Rig;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Lets the cloud's process die, at any moment or between store and acknowledgement, and starts it
/// again. For one thread.
final class CloudDeaths {
  private static final Duration ACK_LIMIT = Duration.ofSeconds(30);
  private static final int HALTED = 137;

  private final Rig rig;
  private final Disturbances disturbances;
  private final PrintStream out;
  private int all;
  private int beforeAck;

  CloudDeaths(Rig rig, Disturbances disturbances, PrintStream out) {
    this.rig = rig;
    this.disturbances = disturbances;
    this.out = out;
  }

  int all() {
    return all;
  }

  /// Those between store and acknowledgement.
  int beforeAck() {
    return beforeAck;
  }

  void kill(Fault.KillCloud kill) throws IOException, InterruptedException {
    Disturbances.Disturbance disturbance = disturbances.begin(Optional.empty());
    rig.processes().cloud().kill();
    all++;
    restart(kill.downtime());
    disturbances.endAfterReunion(disturbance, rig.branches());
  }

  /// Lets the cloud die when it has stored something and is about to acknowledge it.
  void haltBeforeAck(Fault.HaltCloudBeforeAck halt) throws IOException, InterruptedException {
    Disturbances.Disturbance disturbance = disturbances.begin(Optional.empty());
    ManagedProcess cloud = rig.processes().cloud();
    order(rig.feed().resolve("/fault/halt-before-ack"), rig.processes().operatorToken());
    all++;
    if (halted(cloud)) {
      beforeAck++;
      out.println("  the cloud died between store and acknowledgement");
    } else {
      out.println("  killed the cloud: nothing was about to be acknowledged");
      cloud.kill();
    }
    restart(halt.downtime());
    disturbances.endAfterReunion(disturbance, rig.branches());
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

  private void restart(Duration downtime) throws IOException, InterruptedException {
    TimeUnit.NANOSECONDS.sleep(downtime.toNanos());
    rig.processes().startCloud();
  }

  /// The answer may be cut off by what it orders.
  private static void order(URI uri, String token) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .header("Authorization", "Bearer " + token)
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status / 100 != 2) {
        throw new ProcessFailedException("%s answered %d".formatted(uri, status));
      }
    } catch (IOException e) {
      // Whether it took the order shows in how it ends.
    }
  }
}
