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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Kills the cloud's process, at any time or between store and acknowledgement, and restarts it.
/// For one thread.
final class CloudCrashes {
  private static final Duration ACK_LIMIT = Duration.ofSeconds(30);
  private static final Duration ALIVE_CHECK = Duration.ofMillis(10);
  private static final int HALT_EXIT_CODE = 137;

  private final TestEnvironment environment;
  private final Disruptions disruptions;
  private final InstantSource clock;
  private final PrintStream out;
  private final List<CloudDowntimes.Period> downtimes = new ArrayList<>();
  private int count;
  private int beforeAck;

  /// @param clock of the processes
  CloudCrashes(
      TestEnvironment environment, Disruptions disruptions, InstantSource clock, PrintStream out) {
    this.environment = environment;
    this.disruptions = disruptions;
    this.clock = clock;
    this.out = out;
  }

  int count() {
    return count;
  }

  /// The number of crashes between store and acknowledgement.
  int beforeAck() {
    return beforeAck;
  }

  /// The downtimes so far.
  List<CloudDowntimes.Period> downtimes() {
    return List.copyOf(downtimes);
  }

  void kill(Fault.KillCloud kill) throws IOException, InterruptedException {
    Disruptions.Disruption disruption = disruptions.begin(Optional.empty());
    Instant killed = clock.instant();
    environment.cloud().process().kill();
    count++;
    restart(killed, kill.downtime());
    disruptions.endAfterReconnect(disruption, environment.gyms());
  }

  /// Crashes the cloud when it has stored events and is about to acknowledge them; kills it if
  /// that does not happen within 30 s.
  void crashBeforeAck(Fault.CrashCloudBeforeAck crash) throws IOException, InterruptedException {
    Disruptions.Disruption disruption = disruptions.begin(Optional.empty());
    ManagedProcess cloud = environment.cloud().process();
    Instant requested = clock.instant();
    post(
        environment.cloudUri().resolve("/fault/halt-before-ack"),
        environment.cloud().operatorToken());
    count++;
    Optional<Instant> halted = halted(cloud, requested);
    if (halted.isPresent()) {
      beforeAck++;
      out.println("  the cloud crashed between store and acknowledgement");
      restart(halted.get(), crash.downtime());
    } else {
      out.println("  killed the cloud: it was not about to acknowledge anything");
      Instant killed = clock.instant();
      cloud.kill();
      restart(killed, crash.downtime());
    }
    disruptions.endAfterReconnect(disruption, environment.gyms());
  }

  /// Waits until it exits as requested.
  ///
  /// @param requested when it was alive
  /// @return when it was last seen alive; empty if it did not exit
  private Optional<Instant> halted(ManagedProcess process, Instant requested)
      throws InterruptedException {
    Instant aliveAt = requested;
    long deadline = System.nanoTime() + ACK_LIMIT.toNanos();
    for (Instant now = requested; process.alive(); now = clock.instant()) {
      if (System.nanoTime() > deadline) {
        return Optional.empty();
      }
      aliveAt = now;
      TimeUnit.NANOSECONDS.sleep(ALIVE_CHECK.toNanos());
    }
    int exit = process.awaitExit(ACK_LIMIT);
    if (exit != HALT_EXIT_CODE) {
      throw new ProcessFailedException(
          "%s ended unexpectedly with exit code %d".formatted(process.name(), exit));
    }
    return Optional.of(aliveAt);
  }

  /// @param down when the process was last seen alive
  private void restart(Instant down, Duration downtime) throws IOException, InterruptedException {
    TimeUnit.NANOSECONDS.sleep(downtime.toNanos());
    environment.cloud().start();
    downtimes.add(new CloudDowntimes.Period(down, clock.instant()));
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
