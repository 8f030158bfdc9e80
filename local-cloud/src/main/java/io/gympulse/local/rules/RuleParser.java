package io.gympulse.local.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.gympulse.contract.mqtt.TopicFilter;
import io.gympulse.contract.text.UnicodeText;
import io.gympulse.local.rules.Expression.Operator;
import io.gympulse.local.rules.Rule.Selection;
import io.gympulse.local.rules.Tokens.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// A recursive descent parser of the subset of AWS IoT SQL that the product's rules use: a SELECT
/// list with `*`, fields and functions, FROM with a topic filter, WHERE with comparisons, AND, OR,
/// NOT.
final class RuleParser {

  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "=", Operator.EQUAL,
          "<>", Operator.NOT_EQUAL,
          "!=", Operator.NOT_EQUAL,
          "<", Operator.LESS,
          "<=", Operator.LESS_OR_EQUAL,
          ">", Operator.GREATER,
          ">=", Operator.GREATER_OR_EQUAL);

  /// The deepest nesting of conditions.
  private static final int MAX_DEPTH = 32;

  private static final int MAX_MESSAGE_CHARS = 300;

  private final String name;
  private final Tokens tokens;
  private int depth;

  RuleParser(String name, String sql) {
    this.name = name;
    this.tokens = new Tokens(sql);
  }

  Rule parse() {
    try {
      tokens.expect("SELECT");
      List<Selection> selections = new ArrayList<>();
      do {
        selections.add(selection());
      } while (tokens.accept(","));
      tokens.expect("FROM");
      TopicFilter from = topicFilter(tokens.expect(Kind.STRING));
      Optional<Expression> where = tokens.accept("WHERE") ? Optional.of(or()) : Optional.empty();
      if (tokens.peek().kind() != Kind.END) {
        throw tokens.unexpected("the end");
      }
      return new Rule(name, selections, from, where);
    } catch (IllegalArgumentException e) {
      String what = UnicodeText.abridged(String.valueOf(e.getMessage()), MAX_MESSAGE_CHARS);
      throw new IllegalArgumentException("rule " + name + ": " + what, e);
    }
  }

  private static TopicFilter topicFilter(String text) {
    try {
      return new TopicFilter(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is not a topic filter: %s".formatted(text, e.getMessage()), e);
    }
  }

  private Selection selection() {
    if (tokens.accept("*")) {
      return new Selection.All();
    }
    Expression value = value();
    if (tokens.accept("AS")) {
      return new Selection.Named(tokens.expect(Kind.WORD), value);
    }
    return switch (value) {
      case Expression.Field field -> new Selection.Named(field.path().getLast(), field);
      case Expression.Topic topic -> new Selection.Named("topic", topic);
      case Expression.Timestamp timestamp -> new Selection.Named("timestamp", timestamp);
      case Expression.EncodePayload encoded -> new Selection.Named("encode", encoded);
      case Expression other -> throw tokens.unexpected("AS and a name");
    };
  }

  private Expression or() {
    Expression left = and();
    while (tokens.accept("OR")) {
      left = new Expression.Or(left, and());
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (tokens.accept("AND")) {
      left = new Expression.And(left, not());
    }
    return left;
  }

  private Expression not() {
    return tokens.accept("NOT") ? new Expression.Not(within(this::not)) : comparison();
  }

  private Expression comparison() {
    if (tokens.accept("(")) {
      Expression inner = within(this::or);
      tokens.expect(")");
      return inner;
    }
    Expression left = value();
    Operator operator = OPERATORS.get(tokens.peek().text());
    if (operator == null || tokens.peek().kind() != Kind.SYMBOL) {
      return left;
    }
    tokens.take();
    return new Expression.Comparison(operator, left, value());
  }

  private Expression within(Supplier<Expression> inner) {
    if (++depth > MAX_DEPTH) {
      throw new IllegalArgumentException("nested more than %d deep".formatted(MAX_DEPTH));
    }
    Expression expression = inner.get();
    depth--;
    return expression;
  }

  private Expression value() {
    return switch (tokens.peek().kind()) {
      case STRING -> new Expression.Literal(TextNode.valueOf(tokens.take().text()));
      case NUMBER ->
          new Expression.Literal(DecimalNode.valueOf(new BigDecimal(tokens.take().text())));
      case WORD -> word(tokens.take().text());
      case SYMBOL, END -> throw tokens.unexpected("a value");
    };
  }

  private Expression word(String word) {
    if (tokens.accept("(")) {
      Expression call = call(word.toLowerCase(Locale.ROOT));
      tokens.expect(")");
      return call;
    }
    JsonNode constant =
        switch (word.toLowerCase(Locale.ROOT)) {
          case "true" -> BooleanNode.TRUE;
          case "false" -> BooleanNode.FALSE;
          case "null" -> NullNode.getInstance();
          default -> null;
        };
    if (constant != null) {
      return new Expression.Literal(constant);
    }
    List<String> path = new ArrayList<>(List.of(word));
    while (tokens.accept(".")) {
      path.add(tokens.expect(Kind.WORD));
    }
    return new Expression.Field(List.copyOf(path));
  }

  private Expression call(String function) {
    return switch (function) {
      case "topic" -> new Expression.Topic(tokens.peek().is(")") ? 0 : segment());
      case "timestamp" -> new Expression.Timestamp();
      case "isundefined" -> new Expression.IsUndefined(within(this::value));
      case "encode" -> encode();
      default -> throw new IllegalArgumentException("function " + function + "() is not known");
    };
  }

  private int segment() {
    int segment = Integer.parseInt(tokens.expect(Kind.NUMBER));
    if (segment < 1) {
      throw new IllegalArgumentException("topic(%d): segments count from 1".formatted(segment));
    }
    return segment;
  }

  private Expression encode() {
    tokens.expect("*");
    tokens.expect(",");
    String scheme = tokens.expect(Kind.STRING);
    if (!scheme.equals("base64")) {
      throw new IllegalArgumentException("encode() knows 'base64' only, not '" + scheme + "'");
    }
    return new Expression.EncodePayload();
  }
}
