package io.gympulse.local.rules;

import io.gympulse.contract.mqtt.TopicFilter;
import java.util.List;
import java.util.Optional;

/// A parsed topic rule: SELECT list, topic filter and condition.
public final class Rule {

  /// An element of the SELECT list.
  sealed interface Selection {
    /// Every field of the payload.
    record All() implements Selection {}

    /// One value under a name.
    record Named(String name, Expression value) implements Selection {}
  }

  private final String name;
  private final List<Selection> selections;
  private final TopicFilter from;
  private final Optional<Expression> where;

  Rule(String name, List<Selection> selections, TopicFilter from, Optional<Expression> where) {
    if (!name.matches("[A-Za-z0-9_]{1,128}")) {
      throw new IllegalArgumentException(
          "rule name '" + name + "': letters, digits and underscore only");
    }
    this.name = name;
    this.selections = List.copyOf(selections);
    this.from = from;
    this.where = where;
  }

  /// Parses a rule's SQL.
  ///
  /// @throws IllegalArgumentException if the name or the SQL is invalid; the message says where
  public static Rule parse(String name, String sql) {
    return new RuleParser(name, sql).parse();
  }

  /// The rule's name: letters, digits and underscore.
  public String name() {
    return name;
  }

  List<Selection> selections() {
    return selections;
  }

  TopicFilter from() {
    return from;
  }

  Optional<Expression> where() {
    return where;
  }
}
