package io.gympulse.local.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the rules that a message runs and what each gives to its action.
///
/// A publish to `$aws/rules/{rule}/{topic}` (Basic Ingest) runs that rule alone, whatever its FROM
/// says, and the rule sees `{topic}`. Immutable, safe for many threads.
public final class RuleEngine {

  private static final String BASIC_INGEST = "$aws/rules/";

  /// @param rule the name of the rule that ran
  /// @param body what its SELECT list gave
  public record Result(String rule, ObjectNode body) {}

  private final Map<String, Rule> rules = new LinkedHashMap<>();

  /// @throws IllegalArgumentException if two rules have the same name
  public RuleEngine(List<Rule> rules) {
    for (Rule rule : rules) {
      if (this.rules.put(rule.name(), rule) != null) {
        throw new IllegalArgumentException("two rules are named " + rule.name());
      }
    }
  }

  /// Whether a publish to the topic goes to a rule only, and to no subscriber.
  public static boolean isBasicIngest(String topic) {
    return topic.startsWith(BASIC_INGEST);
  }

  /// Runs every rule that the message meets; empty if there is none.
  public List<Result> run(Inbound message) {
    String topic = message.topic();
    if (isBasicIngest(topic)) {
      return basicIngest(message);
    }
    List<Result> results = new ArrayList<>();
    List<Rule> matching =
        rules.values().stream().filter(rule -> rule.from().matches(topic)).toList();
    if (!matching.isEmpty()) {
      Evaluation evaluation = new Evaluation(message, topic);
      matching.forEach(rule -> result(rule, evaluation).ifPresent(results::add));
    }
    return results;
  }

  private List<Result> basicIngest(Inbound message) {
    String rest = message.topic().substring(BASIC_INGEST.length());
    int slash = rest.indexOf('/');
    Rule rule = rules.get(slash < 0 ? rest : rest.substring(0, slash));
    if (rule == null) {
      return List.of();
    }
    String topic = slash < 0 ? "" : rest.substring(slash + 1);
    return result(rule, new Evaluation(message, topic)).stream().toList();
  }

  private static Optional<Result> result(Rule rule, Evaluation evaluation) {
    return evaluation.output(rule).map(body -> new Result(rule.name(), body));
  }
}
