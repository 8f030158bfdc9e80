package io.gympulse.local.rules;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.gympulse.contract.text.UnicodeText;
import io.gympulse.local.rules.RuleEngine.Message;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/// Evaluates rules on one message: its payload, if it is a JSON object, its topic and its time.
///
/// An empty value is AWS IoT's `Undefined`: a comparison with it is never true.
final class Evaluation {

  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(64).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final Message message;
  private final String topic;
  private final Optional<ObjectNode> body;

  /// @param topic the topic for the rules, without a Basic Ingest prefix
  Evaluation(Message message, String topic) {
    this.message = message;
    this.topic = topic;
    this.body = parse(message.payload());
  }

  /// The rule's output; empty if its condition does not hold, or if it selects all fields and the
  /// payload is no JSON object.
  Optional<ObjectNode> output(Rule rule) {
    if (!rule.where().map(this::holds).orElse(true)) {
      return Optional.empty();
    }
    ObjectNode output = JSON.createObjectNode();
    for (Rule.Selection selection : rule.selections()) {
      switch (selection) {
        case Rule.Selection.All() -> {
          if (body.isEmpty()) {
            return Optional.empty();
          }
          output.setAll(body.get());
        }
        case Rule.Selection.Named(String name, Expression value) ->
            value(value).ifPresent(node -> output.set(name, node));
      }
    }
    return Optional.of(output);
  }

  private boolean holds(Expression condition) {
    return value(condition).map(JsonNode::booleanValue).orElse(false);
  }

  private Optional<JsonNode> value(Expression expression) {
    return switch (expression) {
      case Expression.Literal(JsonNode value) -> Optional.of(value);
      case Expression.Field field -> field(field);
      case Expression.Topic(int segment) -> topic(segment);
      case Expression.Timestamp() ->
          Optional.of(LongNode.valueOf(message.receivedAt().toEpochMilli()));
      case Expression.EncodePayload() ->
          Optional.of(TextNode.valueOf(Base64.getEncoder().encodeToString(message.payload())));
      case Expression.IsUndefined(Expression argument) -> bool(value(argument).isEmpty());
      case Expression.Comparison comparison -> compare(comparison);
      case Expression.And(Expression left, Expression right) -> bool(holds(left) && holds(right));
      case Expression.Or(Expression left, Expression right) -> bool(holds(left) || holds(right));
      case Expression.Not(Expression argument) ->
          value(argument).flatMap(node -> bool(!node.booleanValue()));
    };
  }

  private Optional<JsonNode> field(Expression.Field field) {
    Optional<JsonNode> node = body.map(JsonNode.class::cast);
    for (String name : field.path()) {
      node = node.map(parent -> parent.get(name));
    }
    return node;
  }

  private Optional<JsonNode> topic(int segment) {
    if (segment == 0) {
      return Optional.of(TextNode.valueOf(topic));
    }
    String[] levels = topic.split("/", -1);
    return segment <= levels.length
        ? Optional.of(TextNode.valueOf(levels[segment - 1]))
        : Optional.empty();
  }

  private Optional<JsonNode> compare(Expression.Comparison comparison) {
    Optional<JsonNode> left = value(comparison.left());
    Optional<JsonNode> right = value(comparison.right());
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    JsonNode a = left.get();
    JsonNode b = right.get();
    boolean numbers = a.isNumber() && b.isNumber();
    boolean texts = a.isTextual() && b.isTextual();
    boolean equal = numbers ? a.decimalValue().compareTo(b.decimalValue()) == 0 : a.equals(b);
    if (!numbers && !texts) {
      return switch (comparison.operator()) {
        case EQUAL -> bool(equal);
        case NOT_EQUAL -> bool(!equal);
        case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> Optional.empty();
      };
    }
    int order =
        numbers
            ? a.decimalValue().compareTo(b.decimalValue())
            : a.textValue().compareTo(b.textValue());
    return bool(
        switch (comparison.operator()) {
          case EQUAL -> equal;
          case NOT_EQUAL -> !equal;
          case LESS -> order < 0;
          case LESS_OR_EQUAL -> order <= 0;
          case GREATER -> order > 0;
          case GREATER_OR_EQUAL -> order >= 0;
        });
  }

  private static Optional<JsonNode> bool(boolean value) {
    return Optional.of(BooleanNode.valueOf(value));
  }

  private static Optional<ObjectNode> parse(byte[] payload) {
    try {
      return JSON.readTree(UnicodeText.ofUtf8(payload)) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      // Jackson throws a NumberFormatException for an exponent that is out of range.
      return Optional.empty();
    }
  }
}
