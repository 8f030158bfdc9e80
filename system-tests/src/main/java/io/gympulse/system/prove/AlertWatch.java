package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.clock.ProcessClock;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.Sensor;
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

/// For each agreement and machine a member with an alert, made through the API and told by webhook,
/// and the judgement of what they were told.
///
/// A free period of ten seconds or more has to be told if it began while all ran, and if all ran
/// undisturbed for ten seconds and what a busy machine takes while the gateway knew of it.
final class AlertWatch implements Agreement.Calm, AutoCloseable {
  private static final Duration SHORTEST = Duration.ofSeconds(10);

  /// What a message may take from a gateway to a member on a busy machine, a refused first attempt
  /// included; real time.
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Agreement> agreements;
  private final AlertReceiver receiver;
  private final ProcessClock clock;
  private final Disturbances disturbances;
  private final Map<String, String> gyms = new HashMap<>();
  private final Map<String, Duration> delays = new HashMap<>();
  private final Instant from;

  private AlertWatch(
      List<Agreement> agreements,
      AlertReceiver receiver,
      ProcessClock clock,
      Disturbances disturbances) {
    this.agreements = List.copyOf(agreements);
    this.receiver = receiver;
    this.clock = clock;
    this.disturbances = disturbances;
    this.from = clock.instant().plus(clock.scaled(ON_ITS_WAY));
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
      return watch;
    } catch (IOException | InterruptedException | RuntimeException e) {
      watch.close();
      throw e;
    }
  }

  /// How long after a machine became free its gateway knows, at the latest.
  private static Duration delay(Machine machine) {
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
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(api.resolve("/alerts"))
                .header("Content-Type", "application/json")
                .header("X-GymPulse-User", "prove-%s-%s".formatted(agreement.name(), machine.id()))
                .POST(HttpRequest.BodyPublishers.ofString(alert.toString()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      throw new ProcessFailedException(
          "the alert on %s was answered %d: %s"
              .formatted(machine.id(), answer.statusCode(), answer.body()));
    }
  }

  /// By agreement.
  Map<Agreement, Alerting> judge(List<SeenEvent> events) {
    List<FreePeriod> periods = FreePeriod.among(events, clock.instant());
    Map<Agreement, Alerting> judged = new LinkedHashMap<>();
    agreements.forEach(it -> judged.put(it, it.judge(periods, this, receiver.tellings(it))));
    return judged;
  }

  /// First attempts that were refused on purpose.
  int refused() {
    return receiver.refused();
  }

  @Override
  public boolean hadToBeNoticed(FreePeriod period) {
    Instant known = period.from().plus(delays.getOrDefault(period.machine(), Duration.ZERO));
    return period.from().isAfter(from)
        && disturbances.calmFor(
            Duration.ofMillis(1),
            gymOf(period.machine()),
            period.from(),
            period.from().plusMillis(1))
        && hadTime(new FreePeriod(period.machine(), known, period.to()));
  }

  @Override
  public boolean hadTime(FreePeriod rest) {
    Duration way = SHORTEST.plus(clock.scaled(ON_ITS_WAY));
    return disturbances.calmFor(way, gymOf(rest.machine()), rest.from(), rest.to());
  }

  @Override
  public boolean isNoted(Telling telling) {
    Duration way = clock.scaled(ON_ITS_WAY);
    return disturbances.calmFor(
        way, gymOf(telling.machine()), telling.at(), telling.at().plus(way));
  }

  private String gymOf(String machine) {
    return gyms.getOrDefault(machine, "");
  }

  @Override
  public void close() {
    receiver.close();
  }
}
