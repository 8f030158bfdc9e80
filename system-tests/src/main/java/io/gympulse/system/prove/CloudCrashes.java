package io.gympulse.system.prove;

import io.gympulse.system.environment.TestEnvironment;
import io.gympulse.system.process.ManagedProcess;
import io.gympulse.system.process.ProcessFailedException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Kills the cloud's process, at any time or between store and acknowledgement, and restarts it.
/// For one thread.
final class CloudCrashes {
  private static final Duration ACK_LIMIT = Duration.ofSeconds(30);
  private static final int HALT_EXIT_CODE = 137;

  private final TestEnvironment environment;
  private final Disruptions disruptions;
  private final PrintStream out;
  private int count;
  private int beforeAck;

  CloudCrashes(TestEnvironment environment, Disruptions disruptions, PrintStream out) {
    this.environment = environment;
    this.disruptions = disruptions;
    this.out = out;
  }

  int count() {
    return count;
  }

  /// The number of crashes between store and acknowledgement.
  int beforeAck() {
    return beforeAck;
  }

  void kill(Fault.KillCloud kill) throws IOException, InterruptedException {
    Disruptions.Disruption disruption = disruptions.begin(Optional.empty());
    environment.cloudProcesses().cloud().kill();
    count++;
    restart(kill.downtime());
    disruptions.endAfterReconnect(disruption, environment.gyms());
  }

  /// Crashes the cloud when it has stored events and is about to acknowledge them; kills it if
  /// that does not happen within 30 s.
  void crashBeforeAck(Fault.CrashCloudBeforeAck crash) throws IOException, InterruptedException {
    Disruptions.Disruption disruption = disruptions.begin(Optional.empty());
    ManagedProcess cloud = environment.cloudProcesses().cloud();
    post(
        environment.cloudUri().resolve("/fault/halt-before-ack"),
        environment.cloudProcesses().operatorToken());
    count++;
    if (halted(cloud)) {
      beforeAck++;
      out.println("  the cloud crashed between store and acknowledgement");
    } else {
      out.println("  killed the cloud: it was not about to acknowledge anything");
      cloud.kill();
    }
    restart(crash.downtime());
    disruptions.endAfterReconnect(disruption, environment.gyms());
  }

  /// Whether it exited as requested.
  private static boolean halted(ManagedProcess process) throws InterruptedException {
    int exit;
    try {
      exit = process.awaitExit(ACK_LIMIT);
    } catch (ProcessFailedException e) {
      return false;
    }
    if (exit != HALT_EXIT_CODE) {
      throw new ProcessFailedException(
          "%s ended unexpectedly with exit code %d".formatted(process.name(), exit));
    }
    return true;
  }

  private void restart(Duration downtime) throws IOException, InterruptedException {
    TimeUnit.NANOSECONDS.sleep(downtime.toNanos());
    environment.cloudProcesses().startCloud();
  }

  /// The requested crash may cut off the response.
  private static void post(URI uri, String token) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .header("Authorization", "Bearer " + token)
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status / 100 != 2) {
        throw new ProcessFailedException("%s returned %d".formatted(uri, status));
      }
    } catch (IOException e) {
      // The exit code shows whether the request arrived.
    }
  }
}
