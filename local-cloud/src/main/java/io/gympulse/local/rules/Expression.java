package io.gympulse.local.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// A value or condition in a rule's SQL.
sealed interface Expression {

  /// A field of the payload, outermost name first.
  record Field(List<String> path) implements Expression {}

  /// A string, number, `true`, `false` or `null`.
  record Literal(JsonNode value) implements Expression {}

  /// `topic()`: the message's topic, or its level of that number, from 1.
  ///
  /// @param segment 0 for the whole topic
  record Topic(int segment) implements Expression {}

  /// `timestamp()`: epoch milliseconds at which the message was received.
  record Timestamp() implements Expression {}

  /// `encode(*, 'base64')`: the whole payload, JSON or not.
  record EncodePayload() implements Expression {}

  /// `isUndefined(x)`.
  record IsUndefined(Expression argument) implements Expression {}

  /// `left operator right`; undefined if one side is.
  record Comparison(Operator operator, Expression left, Expression right) implements Expression {}

  record And(Expression left, Expression right) implements Expression {}

  record Or(Expression left, Expression right) implements Expression {}

  record Not(Expression argument) implements Expression {}

  enum Operator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }
}
