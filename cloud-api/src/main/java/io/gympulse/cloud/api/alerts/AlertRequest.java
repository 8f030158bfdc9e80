package io.gympulse.cloud.api.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.api.http.ApiException;
import io.gympulse.cloud.api.http.RequestField;
import io.gympulse.cloud.api.http.RequestLocation;
import io.gympulse.cloud.core.alert.AlertTerms;
import io.gympulse.cloud.core.alert.AlertTerms.Repetition;
import io.gympulse.cloud.core.alert.QuietHours;
import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.text.UnicodeText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The body of `POST` and `PATCH /alerts`: `{"machineId", "quiet_hours": {"start", "end"}, "zone",
/// "expiry", "channels": [{"type": ...}], "repeat", "cooldown"}`. Only a new alert's machine is
/// required. An absent field means null, except in a change, which keeps its value. Every method
/// throws [ApiException] 400 naming the invalid field.
final class AlertRequest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_CHARS = 16_384;
  private static final int MAX_QUOTED_CHARS = 60;
  private static final Duration DEFAULT_COOLDOWN = Duration.ofMinutes(15);
  private static final Set<String> FIELDS =
      Set.of("machineId", "quiet_hours", "zone", "expiry", "channels", "repeat", "cooldown");

  private final JsonNode body;

  private AlertRequest(JsonNode body) {
    this.body = body;
  }

  static AlertRequest parse(String text) {
    if (text.length() > MAX_CHARS) {
      throw ApiException.invalidField(
          RequestLocation.body(""), "An alert takes at most %d characters.".formatted(MAX_CHARS));
    }
    try {
      JsonNode body = JSON.readTree(text);
      if (!body.isObject()) {
        throw ApiException.invalidField(
            RequestLocation.body(""), "The body must be a JSON object.");
      }
      body.fieldNames()
          .forEachRemaining(
              it -> {
                if (!FIELDS.contains(it)) {
                  throw ApiException.invalidField(
                      RequestLocation.member(it), "An alert has no such field.");
                }
              });
      return new AlertRequest(body);
    } catch (JsonProcessingException e) {
      throw ApiException.invalidField(
          RequestLocation.body(""),
          "The body is not JSON; see line %d, column %d."
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    }
  }

  MachineId machine() {
    return RequestField.parse(
        RequestLocation.body("/machineId"), text(body, "", "machineId"), MachineId::new);
  }

  boolean hasMachine() {
    return body.has("machineId");
  }

  /// The terms of a new alert.
  ///
  /// @param gymZone the default zone of quiet hours
  AlertTerms terms(ZoneId gymZone, Instant now) {
    ZoneId zone = zone().orElse(gymZone);
    return new AlertTerms(
        value("quiet_hours").map(it -> quietHours(it, zone)),
        expiry(now),
        value("channels").map(AlertRequest::channels).orElse(List.of(new Channel.WebSocket())),
        repetition(false, DEFAULT_COOLDOWN));
  }

  /// The terms of a changed alert.
  AlertTerms terms(AlertTerms before, ZoneId gymZone, Instant now) {
    ZoneId zone = zone().or(() -> before.quietHours().map(QuietHours::zone)).orElse(gymZone);
    Optional<QuietHours> quiet =
        body.has("quiet_hours")
            ? value("quiet_hours").map(it -> quietHours(it, zone))
            : before.quietHours().map(it -> new QuietHours(it.start(), it.end(), zone));
    Optional<Duration> cooldown =
        switch (before.repetition()) {
          case Repetition.Once _ -> Optional.empty();
          case Repetition.Again again -> Optional.of(again.cooldown());
        };
    return new AlertTerms(
        quiet,
        body.has("expiry") ? expiry(now) : before.expiresAt(),
        value("channels").map(AlertRequest::channels).orElse(before.channels()),
        repetition(cooldown.isPresent(), cooldown.orElse(DEFAULT_COOLDOWN)));
  }

  private Optional<ZoneId> zone() {
    return value("zone")
        .map(_ -> parseTime("/zone", text(body, "", "zone"), ZoneId::of, "Europe/Berlin"));
  }

  private Optional<Instant> expiry(Instant now) {
    Optional<Instant> expiry =
        value("expiry")
            .map(_ -> RequestField.time(RequestLocation.body("/expiry"), text(body, "", "expiry")));
    if (expiry.isPresent() && !expiry.get().isAfter(now)) {
      throw ApiException.invalidField(
          RequestLocation.body("/expiry"),
          "%s is in the past; give a later time.".formatted(expiry.get()));
    }
    return expiry.map(it -> it.truncatedTo(ChronoUnit.MILLIS));
  }

  private Repetition repetition(boolean repeatsBefore, Duration cooldownBefore) {
    JsonNode repeat = body.path("repeat");
    if (!repeat.isMissingNode() && !repeat.isNull() && !repeat.isBoolean()) {
      throw ApiException.invalidField(
          RequestLocation.body("/repeat"), "repeat must be true or false.");
    }
    JsonNode cooldown = body.path("cooldown");
    boolean hasCooldown = !cooldown.isMissingNode() && !cooldown.isNull();
    if (hasCooldown && !(cooldown.isIntegralNumber() && cooldown.canConvertToLong())) {
      throw ApiException.invalidField(
          RequestLocation.body("/cooldown"), "cooldown must be a whole number of seconds.");
    }
    boolean repeats = repeat.isBoolean() ? repeat.booleanValue() : repeatsBefore;
    if (!repeats && hasCooldown) {
      throw ApiException.invalidField(
          RequestLocation.body("/cooldown"), "Only an alert with \"repeat\": true has a cooldown.");
    }
    return repeats
        ? RequestField.parse(
            RequestLocation.body("/cooldown"),
            hasCooldown ? Duration.ofSeconds(cooldown.longValue()) : cooldownBefore,
            Repetition.Again::new)
        : new Repetition.Once();
  }

  private static QuietHours quietHours(JsonNode node, ZoneId zone) {
    return new QuietHours(
        parseTime(
            "/quiet_hours/start", text(node, "/quiet_hours", "start"), LocalTime::parse, "22:00"),
        parseTime("/quiet_hours/end", text(node, "/quiet_hours", "end"), LocalTime::parse, "07:00"),
        zone);
  }

  private static List<Channel> channels(JsonNode nodes) {
    if (!nodes.isArray() || nodes.isEmpty() || nodes.size() > AlertTerms.MAX_CHANNELS) {
      throw ApiException.invalidField(
          RequestLocation.body("/channels"),
          "channels must be a list of 1 to %d.".formatted(AlertTerms.MAX_CHANNELS));
    }
    List<Channel> channels = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      channels.add(ChannelRequest.parse("/channels/%d".formatted(i), nodes.get(i)));
    }
    return channels;
  }

  private Optional<JsonNode> value(String name) {
    return Optional.ofNullable(body.get(name)).filter(it -> !it.isNull());
  }

  /// @param pointer of the parent within the body, for the error
  static String text(JsonNode parent, String pointer, String field) {
    JsonNode value = parent.path(field);
    if (!value.isTextual()) {
      throw ApiException.invalidField(
          RequestLocation.body(pointer + "/" + field),
          "%s is missing, or not a string.".formatted(field));
    }
    return value.textValue();
  }

  private static <T> T parseTime(
      String pointer, String text, Function<String, T> parser, String example) {
    try {
      return parser.apply(text);
    } catch (DateTimeException e) {
      throw ApiException.invalidField(
          RequestLocation.body(pointer),
          "'%s' is not of a form such as %s."
              .formatted(UnicodeText.abridged(text, MAX_QUOTED_CHARS), example));
    }
  }
}
