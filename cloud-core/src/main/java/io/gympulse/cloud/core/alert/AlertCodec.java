package io.gympulse.cloud.core.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.core.alert.AlertProgress.AlertStatus;
import io.gympulse.cloud.core.alert.AlertTerms.Repetition;
import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.notification.DeliveryCodec;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Encodes alerts as JSON for stores. Contains secrets: not for responses or logs. Times are in
/// epoch milliseconds, truncated.
public final class AlertCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AlertCodec() {}

  public static String encode(Alert alert) {
    ObjectNode node = JSON.createObjectNode();
    node.put("id", alert.id().toString()).put("user", alert.user().value());
    node.put("machine", alert.machine().value()).put("gym", alert.gym().value());
    put(node, "createdAt", alert.createdAt());
    node.put("version", alert.version());
    write(node.putObject("terms"), alert.terms());
    write(node.putObject("progress"), alert.progress());
    return node.toString();
  }

  private static void write(ObjectNode node, AlertTerms terms) {
    terms
        .quietHours()
        .ifPresent(
            it ->
                node.putObject("quietHours")
                    .put("start", it.start().toString())
                    .put("end", it.end().toString())
                    .put("zone", it.zone().getId()));
    terms.expiresAt().ifPresent(it -> put(node, "expiresAt", it));
    terms.channels().forEach(it -> node.withArray("channels").add(DeliveryCodec.encode(it)));
    switch (terms.repetition()) {
      case Repetition.Once _ -> {}
      case Repetition.Again again -> node.put("cooldown", again.cooldown().toMillis());
    }
  }

  private static void write(ObjectNode node, AlertProgress progress) {
    node.put("status", progress.status().wireName());
    progress.handledUntil().ifPresent(it -> put(node, "dealtWith", it));
    progress
        .lastFiring()
        .ifPresent(
            it -> {
              ObjectNode firing = node.putObject("lastFiring").put("told", it.delivered());
              put(firing, "since", it.since());
              put(firing, "at", it.at());
            });
    progress
        .deferral()
        .ifPresent(
            it -> {
              ObjectNode deferral = node.putObject("deferral");
              put(deferral, "since", it.since());
              put(deferral, "until", it.until());
            });
    progress.endedAt().ifPresent(it -> put(node, "endedAt", it));
    DeliveryCodec.write(node, progress.deliveries());
  }

  /// @throws IllegalArgumentException if it is not an alert
  public static Alert decode(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      return new Alert(
          AlertId.of(node.required("id").asText()),
          new UserId(node.required("user").asText()),
          new MachineId(node.required("machine").asText()),
          new GymId(node.required("gym").asText()),
          time(node, "createdAt").orElseThrow(() -> new IllegalArgumentException("no createdAt")),
          terms(node.required("terms")),
          progress(node.required("progress")),
          node.required("version").longValue());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not an alert: " + e.getOriginalMessage(), e);
    }
  }

  private static AlertTerms terms(JsonNode node) {
    List<Channel> channels = new ArrayList<>();
    node.required("channels").forEach(it -> channels.add(DeliveryCodec.channel(it)));
    return new AlertTerms(
        part(node, "quietHours")
            .map(
                it ->
                    new QuietHours(
                        LocalTime.parse(it.required("start").asText()),
                        LocalTime.parse(it.required("end").asText()),
                        ZoneId.of(it.required("zone").asText()))),
        time(node, "expiresAt"),
        channels,
        part(node, "cooldown")
            .<Repetition>map(it -> new Repetition.Again(Duration.ofMillis(it.longValue())))
            .orElseGet(Repetition.Once::new));
  }

  private static AlertProgress progress(JsonNode node) {
    return new AlertProgress(
        AlertStatus.valueOf(node.required("status").asText().toUpperCase(Locale.ROOT)),
        time(node, "dealtWith"),
        part(node, "lastFiring")
            .map(
                it ->
                    new AlertProgress.Firing(
                        millis(it.required("since")),
                        millis(it.required("at")),
                        it.required("told").booleanValue())),
        part(node, "deferral")
            .map(
                it ->
                    new AlertProgress.Deferral(
                        millis(it.required("since")), millis(it.required("until")))),
        DeliveryCodec.deliveries(node),
        time(node, "endedAt"));
  }

  private static Optional<JsonNode> part(JsonNode node, String field) {
    return Optional.ofNullable(node.get(field));
  }

  private static Optional<Instant> time(JsonNode node, String field) {
    return part(node, field).map(AlertCodec::millis);
  }

  private static Instant millis(JsonNode time) {
    return Instant.ofEpochMilli(time.longValue());
  }

  private static void put(ObjectNode node, String field, Instant time) {
    node.put(field, time.toEpochMilli());
  }
}
