package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.process.ProcessClock;
import io.gympulse.system.environment.MemberToken;
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

/// Members with alerts, one per machine and subscription terms, created through the API and
/// notified by webhook. Checked are free periods that began after the last alert was created; see
/// [NotificationDeadline].
final class AlertSubscriptions implements AutoCloseable {
  /// On a busy machine the store may be locked for longer than the API waits.
  private static final Duration CREATION_LIMIT = Duration.ofMinutes(2);

  private static final int UNAVAILABLE = 503;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<SubscriptionTerms> allTerms;
  private final WebhookReceiver receiver;
  private final ProcessClock clock;
  private final Disruptions disruptions;
  private final Map<String, String> gyms = new HashMap<>();
  private final Map<String, Duration> delays = new HashMap<>();
  private Instant from = Instant.MAX;

  private AlertSubscriptions(
      List<SubscriptionTerms> allTerms,
      WebhookReceiver receiver,
      ProcessClock clock,
      Disruptions disruptions) {
    this.allTerms = List.copyOf(allTerms);
    this.receiver = receiver;
    this.clock = clock;
    this.disruptions = disruptions;
  }

  /// Creates the alerts.
  ///
  /// @param api its HTTP address
  static AlertSubscriptions start(
      URI api,
      List<FloorPlan> plans,
      List<SubscriptionTerms> allTerms,
      ProcessClock clock,
      Disruptions disruptions)
      throws IOException, InterruptedException {
    AlertSubscriptions subscriptions =
        new AlertSubscriptions(allTerms, WebhookReceiver.start(clock), clock, disruptions);
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (FloorPlan plan : plans) {
        for (Machine machine : plan.machines()) {
          for (SubscriptionTerms terms : allTerms) {
            subscriptions.subscribe(client, api, machine, terms);
          }
          subscriptions.gyms.put(machine.id().value(), plan.gym().id().value());
          subscriptions.delays.put(machine.id().value(), detectionDelay(machine));
        }
      }
      subscriptions.from = clock.instant();
      return subscriptions;
    } catch (IOException | InterruptedException | RuntimeException e) {
      subscriptions.close();
      throw e;
    }
  }

  /// The longest time from a machine's becoming free until its gateway detects it.
  static Duration detectionDelay(Machine machine) {
    return machine.sensors().stream()
        .map(Sensor::timing)
        .map(it -> it.vacancyTimeout().plus(it.hold()).plus(it.settle()))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private void subscribe(HttpClient client, URI api, Machine machine, SubscriptionTerms terms)
      throws IOException, InterruptedException {
    ObjectNode alert = JSON.createObjectNode().put("machineId", machine.id().value());
    terms.writeTo(alert);
    alert
        .putArray("channels")
        .addObject()
        .put("type", "webhook")
        .put("uri", receiver.uri(terms).toString())
        .put("secret", "known to this run only");
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("/alerts"))
            .header("Content-Type", "application/json")
            .header("Authorization", MemberToken.header(client, api))
            .POST(HttpRequest.BodyPublishers.ofString(alert.toString()))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    long deadline = System.nanoTime() + CREATION_LIMIT.toNanos();
    while (response.statusCode() == UNAVAILABLE && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(500);
      response = client.send(request, HttpResponse.BodyHandlers.ofString());
    }
    if (response.statusCode() != 201) {
      throw new ProcessFailedException(
          "POST of the alert on %s returned %d: %s"
              .formatted(machine.id(), response.statusCode(), response.body()));
    }
  }

  /// @param slowdowns stretch the delivery time
  Map<SubscriptionTerms, NotificationCheck> check(List<ObservedEvent> events, Slowdowns slowdowns) {
    List<FreePeriod> periods = FreePeriod.among(events, clock.instant());
    NotificationDeadline deadline = deadline(slowdowns);
    Map<SubscriptionTerms, NotificationCheck> checks = new LinkedHashMap<>();
    allTerms.forEach(it -> checks.put(it, it.check(periods, deadline, receiver.notifications(it))));
    return checks;
  }

  /// How many free periods need no notification only because the machine was slowed.
  long excusedByLoad(List<ObservedEvent> events, Slowdowns slowdowns) {
    NotificationDeadline deadline = deadline(slowdowns);
    return FreePeriod.among(events, clock.instant()).stream()
        .filter(deadline.withoutSlowdowns()::mustNotify)
        .filter(it -> !deadline.mustNotify(it))
        .count();
  }

  private NotificationDeadline deadline(Slowdowns slowdowns) {
    return new NotificationDeadline(
        from, clock, Map.copyOf(gyms), Map.copyOf(delays), disruptions, slowdowns);
  }

  /// How many first attempts were refused on purpose.
  int refusedCount() {
    return receiver.refusedCount();
  }

  @Override
  public void close() {
    receiver.close();
  }
}
