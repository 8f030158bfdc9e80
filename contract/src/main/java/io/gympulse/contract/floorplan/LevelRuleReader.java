package io.gympulse.contract.floorplan;

import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.contract.json.JsonCursor;
import io.gympulse.contract.mqtt.LevelRule;
import io.gympulse.contract.mqtt.LevelRule.CounterRate;
import io.gympulse.contract.mqtt.LevelRule.Thresholds;
import io.gympulse.contract.mqtt.LevelRule.Thresholds.Limit;
import io.gympulse.contract.mqtt.LevelRule.Words;
import io.gympulse.contract.mqtt.LevelRule.Words.OtherNumbers;
import io.gympulse.contract.mqtt.PayloadValues;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads which values of an MQTT source mean active and inactive: words, limits of a number
/// (`"active": {"above": 30}, "inactive": {"below": 15}`) or the rate of a counter
/// (`"active": {"perMinute": 20}`).
final class LevelRuleReader {
  private static final Pattern COMPARISON =
      Pattern.compile("([<>])=?\\s*([+-]?\\d{1,9}(\\.\\d{1,9})?)");

  private static final PayloadValues NONE = PayloadValues.of();

  private final JsonCursor<FloorPlanException> node;
  private final Optional<LevelRule> standard;

  /// @param node the source
  /// @param standard the preset's rule
  LevelRuleReader(JsonCursor<FloorPlanException> node, Optional<LevelRule> standard) {
    this.node = node;
    this.standard = standard;
  }

  /// Whether a source compares numbers and has no words.
  static boolean hasNumbers(JsonCursor<FloorPlanException> source) throws FloorPlanException {
    return isObject(source.field("active")) || isObject(source.field("inactive"));
  }

  private static boolean isObject(JsonCursor<FloorPlanException> field) throws FloorPlanException {
    return field.isPresent() && field.node().isObject();
  }

  LevelRule read() throws FloorPlanException {
    if (hasNumbers(node)) {
      return numbers();
    }
    if (standard.isPresent()
        && standard.get() instanceof Thresholds limits
        && !node.has("active")
        && !node.has("inactive")) {
      refuseForNumbers("activeWhen", "otherNumbers");
      return limits;
    }
    return words();
  }

  private LevelRule numbers() throws FloorPlanException {
    refuseForNumbers("activeWhen", "otherNumbers");
    JsonCursor<FloorPlanException> active = node.field("active");
    JsonCursor<FloorPlanException> inactive = node.field("inactive");
    if (!isObject(active)) {
      throw active.invalid("'inactive' is a limit; give 'active' as one too: {\"above\": 30}");
    }
    if (active.has("perMinute")) {
      active.closedObject("perMinute");
      if (inactive.isPresent()) {
        throw inactive.invalid("follows from the rate of 'active'; remove it");
      }
      double perMinute = active.field("perMinute").number();
      return active.checked(() -> new CounterRate(perMinute));
    }
    if (inactive.isPresent() && !isObject(inactive)) {
      throw inactive.invalid("'active' is a limit; give a limit too: {\"below\": 15}");
    }
    Limit from = limit(active);
    Optional<Limit> until = node.optional("inactive", LevelRuleReader::limit);
    return node.checked(() -> new Thresholds(from, until));
  }

  private void refuseForNumbers(String... fields) throws FloorPlanException {
    for (String field : fields) {
      if (node.has(field)) {
        throw node.field(field).invalid("has no effect on numbers; remove it");
      }
    }
  }

  private static Limit limit(JsonCursor<FloorPlanException> given) throws FloorPlanException {
    given.closedObject("above", "below");
    if (given.size() != 1) {
      throw given.invalid("give either {\"above\": NUMBER} or {\"below\": NUMBER}");
    }
    Limit.Side side = given.has("above") ? Limit.Side.ABOVE : Limit.Side.BELOW;
    double value = given.field(side.wireName()).number();
    return given.checked(() -> new Limit(side, value));
  }

  private Words words() throws FloorPlanException {
    Optional<Words> known = standardWords();
    PayloadValues active = values("active").or(() -> known.map(Words::active)).orElse(NONE);
    PayloadValues inactive = values("inactive").or(() -> known.map(Words::inactive)).orElse(NONE);
    OtherNumbers otherNumbers =
        node.optional(
                "otherNumbers",
                it -> it.named(OtherNumbers::ofWireName, "malformed, active, inactive"))
            .or(() -> known.map(Words::otherNumbers))
            .orElse(OtherNumbers.MALFORMED);
    return node.checked(() -> new Words(active, inactive, otherNumbers));
  }

  /// The preset's words, inverted if `activeWhen` is false.
  private Optional<Words> standardWords() throws FloorPlanException {
    Optional<Words> known = standard.filter(Words.class::isInstance).map(Words.class::cast);
    if (!node.has("activeWhen")) {
      return known;
    }
    JsonCursor<FloorPlanException> activeWhen = node.field("activeWhen");
    if (known.isEmpty()) {
      throw activeWhen.invalid(
          "preset custom has no values of its own; give 'active' and 'inactive'");
    }
    if (node.has("active") || node.has("inactive")) {
      throw activeWhen.invalid("contradicts 'active' and 'inactive'; remove one or the other");
    }
    return activeWhen.bool() ? known : known.map(Words::inverted);
  }

  private Optional<PayloadValues> values(String name) throws FloorPlanException {
    return node.optional(name, LevelRuleReader::levelValues);
  }

  /// A comparison that was written as a word would never match.
  private static PayloadValues levelValues(JsonCursor<FloorPlanException> given)
      throws FloorPlanException {
    PayloadValues values = values(given);
    for (String text : values.texts()) {
      Matcher comparison = COMPARISON.matcher(text);
      if (comparison.matches()) {
        throw given.invalid(
            "'%s' is compared as a word; write {\"%s\": %s}"
                .formatted(
                    text,
                    comparison.group(1).equals(">") ? "above" : "below",
                    comparison.group(2)));
      }
    }
    return values;
  }

  /// One text, number or boolean, or a list of those.
  static PayloadValues values(JsonCursor<FloorPlanException> given) throws FloorPlanException {
    List<String> values =
        given.isArray() ? given.list(LevelRuleReader::scalar) : List.of(scalar(given));
    return given.checked(() -> new PayloadValues(values));
  }

  private static String scalar(JsonCursor<FloorPlanException> given) throws FloorPlanException {
    JsonNode node = given.node();
    return switch (node.getNodeType()) {
      case STRING -> given.text();
      case NUMBER -> {
        double _ = given.number();
        yield node.asText();
      }
      case BOOLEAN -> node.asText();
      case ARRAY, BINARY, MISSING, NULL, OBJECT, POJO ->
          throw given.expected("a text, number or boolean, or a list of those");
    };
  }
}
