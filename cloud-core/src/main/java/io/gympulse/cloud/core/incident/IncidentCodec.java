package io.gympulse.cloud.core.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.core.notification.DeliveryCodec;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An incident as JSON for stores: with the channels' secrets, so never for an answer or a log.
/// Times in epoch milliseconds; finer parts are cut off.
public final class IncidentCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  private IncidentCodec() {}

  public static String encode(Incident incident) {
    ObjectNode node = JSON.createObjectNode();
    node.put("id", incident.id()).put("kind", incident.kind().wireName());
    node.put("since", incident.since().toEpochMilli());
    write(node.putArray("out"), incident.out());
    write(node.putArray("back"), incident.back());
    node.put("detail", incident.detail());
    incident.closedAt().ifPresent(it -> node.put("closedAt", it.toEpochMilli()));
    DeliveryCodec.write(node, incident.deliveries());
    return node.put("version", incident.version()).toString();
  }

  private static void write(ArrayNode node, List<Subject> subjects) {
    for (Subject subject : subjects) {
      ObjectNode it = node.addObject().put("gym", subject.gym().value());
      switch (subject) {
        case Subject.Gateway gateway -> it.put("gateway", gateway.address().gateway().value());
        case Subject.Quota quota -> it.put("quota", quota.address().gateway().value());
        case Subject.Health health ->
            it.put("health", health.address().gateway().value())
                .put("problem", health.problem().wireName());
        case Subject.Sensors sensors -> it.put("machine", sensors.machine().value());
      }
    }
  }

  /// @throws IllegalArgumentException if it is no incident
  public static Incident decode(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      String kind = node.required("kind").asText();
      return new Incident(
          node.required("id").asText(),
          IncidentKind.ofWireName(kind)
              .orElseThrow(() -> new IllegalArgumentException("no such kind: " + kind)),
          Instant.ofEpochMilli(node.required("since").longValue()),
          subjects(node.required("out")),
          subjects(node.required("back")),
          node.required("detail").asText(),
          Optional.ofNullable(node.get("closedAt")).map(it -> Instant.ofEpochMilli(it.longValue())),
          DeliveryCodec.deliveries(node),
          node.required("version").longValue());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not an incident: " + e.getOriginalMessage(), e);
    }
  }

  private static List<Subject> subjects(JsonNode nodes) {
    List<Subject> subjects = new ArrayList<>();
    for (JsonNode it : nodes) {
      GymId gym = new GymId(it.required("gym").asText());
      subjects.add(subject(gym, it));
    }
    return subjects;
  }

  private static Subject subject(GymId gym, JsonNode node) {
    if (node.has("gateway")) {
      return new Subject.Gateway(address(gym, node.required("gateway")));
    }
    if (node.has("health")) {
      String problem = node.required("problem").asText();
      return new Subject.Health(
          address(gym, node.required("health")),
          HealthProblem.ofWireName(problem)
              .orElseThrow(() -> new IllegalArgumentException("no such problem: " + problem)));
    }
    return node.has("quota")
        ? new Subject.Quota(address(gym, node.required("quota")))
        : new Subject.Sensors(new MachineId(node.required("machine").asText()), gym);
  }

  private static GatewayAddress address(GymId gym, JsonNode gateway) {
    return new GatewayAddress(gym, new GatewayId(gateway.asText()));
  }
}
