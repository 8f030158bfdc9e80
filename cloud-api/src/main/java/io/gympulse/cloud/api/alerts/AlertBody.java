package io.gympulse.cloud.api.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.api.http.Field;
import io.gympulse.cloud.api.http.Refusal;
import io.gympulse.cloud.core.alert.AlertTerms;
import io.gympulse.cloud.core.alert.Channel;
import io.gympulse.cloud.core.alert.QuietHours;
import io.gympulse.cloud.core.alert.Repetition;
import io.gympulse.contract.id.MachineId;
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

/// What a caller wrote about an alert. Everything wrong is refused by the field's name.
///
/// `{"machineId", "quiet_hours": {"start", "end"}, "zone", "expiry", "channels": [{"type": ...}],
/// "repeat", "cooldown"}`; all but the machine may be absent, and absent is as null, save that a
/// change leaves alone what is absent.
final class AlertBody {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST = 16_384;
  private static final Duration COOLDOWN = Duration.ofMinutes(15);
  private static final Set<String> FIELDS =
      Set.of("machineId", "quiet_hours", "zone", "expiry", "channels", "repeat", "cooldown");

  private final JsonNode body;

  private AlertBody(JsonNode body) {
    this.body = body;
  }

  static AlertBody parse(String text) {
    if (text.length() > LONGEST) {
      throw Refusal.invalid("body", "An alert takes at most %d characters.".formatted(LONGEST));
    }
    try {
      JsonNode body = JSON.readTree(text);
      if (!body.isObject()) {
        throw Refusal.invalid("body", "The body is to be a JSON object.");
      }
      body.fieldNames()
          .forEachRemaining(
              it -> {
                if (!FIELDS.contains(it)) {
                  throw Refusal.invalid(it, "There is no such field; see docs/api.md.");
                }
              });
      return new AlertBody(body);
    } catch (JsonProcessingException e) {
      throw Refusal.invalid("body", "The body is no JSON: " + e.getOriginalMessage());
    }
  }

  MachineId machine() {
    return Field.parse("machineId", text(body, "machineId", "machineId"), MachineId::new);
  }

  boolean namesMachine() {
    return body.has("machineId");
  }

  /// The terms of a new alert.
  ///
  /// @param home the zone of quiet hours that name none
  AlertTerms terms(ZoneId home, Instant now) {
    ZoneId zone = zone().orElse(home);
    return new AlertTerms(
        part("quiet_hours").map(it -> quietHours(it, zone)),
        expiry(now),
        part("channels").map(AlertBody::channels).orElse(List.of(new Channel.WebSocket())),
        repetition(false, COOLDOWN));
  }

  /// Other terms: what is absent stays as it was.
  AlertTerms terms(AlertTerms before, ZoneId home, Instant now) {
    ZoneId zone = zone().or(() -> before.quietHours().map(QuietHours::zone)).orElse(home);
    Optional<QuietHours> quiet =
        body.has("quiet_hours")
            ? part("quiet_hours").map(it -> quietHours(it, zone))
            : before.quietHours().map(it -> new QuietHours(it.start(), it.end(), zone));
    Optional<Duration> cooldown =
        switch (before.repetition()) {
          case Repetition.Once _ -> Optional.empty();
          case Repetition.Again again -> Optional.of(again.cooldown());
        };
    return new AlertTerms(
        quiet,
        body.has("expiry") ? expiry(now) : before.expiresAt(),
        part("channels").map(AlertBody::channels).orElse(before.channels()),
        repetition(cooldown.isPresent(), cooldown.orElse(COOLDOWN)));
  }

  private Optional<ZoneId> zone() {
    return part("zone").map(_ -> time("zone", text(body, "zone", "zone"), ZoneId::of));
  }

  private Optional<Instant> expiry(Instant now) {
    Optional<Instant> expiry =
        part("expiry").map(_ -> Field.time("expiry", text(body, "expiry", "expiry")));
    if (expiry.isPresent() && !expiry.get().isAfter(now)) {
      throw Refusal.invalid("expiry", "%s is past; give a later time.".formatted(expiry.get()));
    }
    return expiry.map(it -> it.truncatedTo(ChronoUnit.MILLIS));
  }

  private Repetition repetition(boolean before, Duration cooldownBefore) {
    JsonNode repeat = body.path("repeat");
    if (!repeat.isMissingNode() && !repeat.isNull() && !repeat.isBoolean()) {
      throw Refusal.invalid("repeat", "repeat is true or false.");
    }
    JsonNode cooldown = body.path("cooldown");
    boolean given = !cooldown.isMissingNode() && !cooldown.isNull();
    if (given && !cooldown.canConvertToLong()) {
      throw Refusal.invalid("cooldown", "cooldown is a whole number of seconds.");
    }
    boolean repeats = repeat.isBoolean() ? repeat.booleanValue() : before;
    if (!repeats && given) {
      throw Refusal.invalid("cooldown", "A cooldown belongs to an alert with \"repeat\": true.");
    }
    return repeats
        ? Field.parse(
            "cooldown",
            given ? cooldown.asText() : Long.toString(cooldownBefore.toSeconds()),
            it -> new Repetition.Again(Duration.ofSeconds(Long.parseLong(it))))
        : new Repetition.Once();
  }

  private static QuietHours quietHours(JsonNode node, ZoneId zone) {
    return new QuietHours(
        time("quiet_hours.start", text(node, "start", "quiet_hours.start"), LocalTime::parse),
        time("quiet_hours.end", text(node, "end", "quiet_hours.end"), LocalTime::parse),
        zone);
  }

  private static List<Channel> channels(JsonNode nodes) {
    if (!nodes.isArray() || nodes.isEmpty() || nodes.size() > AlertTerms.MOST_CHANNELS) {
      throw Refusal.invalid(
          "channels", "channels is a list of 1 to %d.".formatted(AlertTerms.MOST_CHANNELS));
    }
    List<Channel> channels = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      channels.add(ChannelBody.parse("channels[%d]".formatted(i), nodes.get(i)));
    }
    return channels;
  }

  private Optional<JsonNode> part(String name) {
    return Optional.ofNullable(body.get(name)).filter(it -> !it.isNull());
  }

  /// @param name as the caller is told
  static String text(JsonNode parent, String field, String name) {
    JsonNode value = parent.path(field);
    if (!value.isTextual()) {
      throw Refusal.invalid(name, "%s is missing, or no text.".formatted(name));
    }
    return value.textValue();
  }

  private static <T> T time(String name, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (DateTimeException e) {
      throw Refusal.invalid(name, String.valueOf(e.getMessage()));
    }
  }
}
