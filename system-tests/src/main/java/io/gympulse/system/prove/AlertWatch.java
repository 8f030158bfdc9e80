package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.process.ProcessClock;
import io.gympulse.system.process.ProcessFailedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// For each agreement and machine a member with an alert, made through the API and told by webhook,
/// and the judgement of what they were told.
///
/// Judged is what began after the last alert was made; [AlertDeadline] tells what had to be told.
final class AlertWatch implements AutoCloseable {
  /// On a busy machine the store may be locked for longer than the API waits.
  private static final Duration MAKING_LIMIT = Duration.ofMinutes(2);

  private static final int UNAVAILABLE = 503;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Agreement> agreements;
  private final AlertReceiver receiver;
  private final ProcessClock clock;
  private final Disturbances disturbances;
  private final Map<String, String> gyms = new HashMap<>();
  private final Map<String, Duration> delays = new HashMap<>();
  private Instant from = Instant.MAX;

  private AlertWatch(
      List<Agreement> agreements,
      AlertReceiver receiver,
      ProcessClock clock,
      Disturbances disturbances) {
    this.agreements = List.copyOf(agreements);
    this.receiver = receiver;
    this.clock = clock;
    this.disturbances = disturbances;
  }

  /// Makes the alerts.
  ///
  /// @param api where it serves
  static AlertWatch start(
      URI api,
      List<FloorPlan> plans,
      List<Agreement> agreements,
      ProcessClock clock,
      Disturbances disturbances)
      throws IOException, InterruptedException {
    AlertWatch watch = new AlertWatch(agreements, AlertReceiver.start(clock), clock, disturbances);
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (FloorPlan plan : plans) {
        for (Machine machine : plan.machines()) {
          for (Agreement agreement : agreements) {
            watch.watch(client, api, machine, agreement);
          }
          watch.gyms.put(machine.id().value(), plan.gym().id().value());
          watch.delays.put(machine.id().value(), delay(machine));
        }
      }
      watch.from = clock.instant();
      return watch;
    } catch (IOException | InterruptedException | RuntimeException e) {
      watch.close();
      throw e;
    }
  }

  /// How long after a machine became free its gateway knows, at the latest.
  static Duration delay(Machine machine) {
    return machine.sensors().stream()
        .map(Sensor::timing)
        .map(it -> it.vacancyTimeout().plus(it.hold()).plus(it.settle()))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private void watch(HttpClient client, URI api, Machine machine, Agreement agreement)
      throws IOException, InterruptedException {
    ObjectNode alert = JSON.createObjectNode().put("machineId", machine.id().value());
    agreement.ask(alert);
    alert
        .putArray("channels")
        .addObject()
        .put("type", "webhook")
        .put("uri", receiver.uri(agreement).toString())
        .put("secret", "known to the proof alone");
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("/alerts"))
            .header("Content-Type", "application/json")
            .header("X-GymPulse-User", "prove-%s-%s".formatted(agreement.name(), machine.id()))
            .POST(HttpRequest.BodyPublishers.ofString(alert.toString()))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    long deadline = System.nanoTime() + MAKING_LIMIT.toNanos();
    while (answer.statusCode() == UNAVAILABLE && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(500);
      answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    }
    if (answer.statusCode() != 201) {
      throw new ProcessFailedException(
          "the alert on %s was answered %d: %s"
              .formatted(machine.id(), answer.statusCode(), answer.body()));
    }
  }

  /// By agreement.
  ///
  /// @param slowdowns of the machine, which stretch the time that a message may take
  Map<Agreement, Alerting> judge(List<SeenEvent> events, Slowdowns slowdowns) {
    List<FreePeriod> periods = FreePeriod.among(events, clock.instant());
    AlertDeadline deadline = deadline(slowdowns);
    Map<Agreement, Alerting> judged = new LinkedHashMap<>();
    agreements.forEach(it -> judged.put(it, it.judge(periods, deadline, receiver.tellings(it))));
    return judged;
  }

  /// Free periods that would have had to be told, had the machine not been slowed.
  long excused(List<SeenEvent> events, Slowdowns slowdowns) {
    AlertDeadline deadline = deadline(slowdowns);
    return FreePeriod.among(events, clock.instant()).stream()
        .filter(deadline.unstretched()::hadToBeNoticed)
        .filter(it -> !deadline.hadToBeNoticed(it))
        .count();
  }

  private AlertDeadline deadline(Slowdowns slowdowns) {
    return new AlertDeadline(
        from, clock, Map.copyOf(gyms), Map.copyOf(delays), disturbances, slowdowns);
  }

  /// First attempts that were refused on purpose.
  int refused() {
    return receiver.refused();
  }

  @Override
  public void close() {
    receiver.close();
  }
}
