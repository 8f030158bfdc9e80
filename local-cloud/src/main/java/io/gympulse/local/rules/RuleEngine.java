package io.gympulse.local.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs the rules that match a message and returns the input of their actions.
///
/// A publish to `$aws/rules/{rule}/{topic}` (Basic Ingest) runs that rule alone, without regard to
/// its FROM clause, with `{topic}` as the topic. Immutable, thread-safe.
public final class RuleEngine {

  private static final String BASIC_INGEST = "$aws/rules/";

  /// A published message. The payload is not copied: nobody may change it.
  public static final class Message {

    private final String topic;
    private final byte[] payload;
    private final Instant receivedAt;

    /// @param topic the topic that it was published to, including a Basic Ingest prefix
    /// @param receivedAt by the cloud's clock
    public Message(String topic, byte[] payload, Instant receivedAt) {
      this.topic = topic;
      this.payload = payload;
      this.receivedAt = receivedAt;
    }

    String topic() {
      return topic;
    }

    byte[] payload() {
      return payload;
    }

    Instant receivedAt() {
      return receivedAt;
    }
  }

  /// @param rule the name of the rule that ran
  /// @param body the output of its SELECT list
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

  /// Runs all rules that match the message.
  public List<Result> run(Message message) {
    String topic = message.topic();
    if (topic.startsWith(BASIC_INGEST)) {
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

  private List<Result> basicIngest(Message message) {
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
