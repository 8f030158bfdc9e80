package io.gympulse.contract.topic;

/// An AWS IoT topic rule: which messages go to the ingest queue, and with what added.
///
/// @param name letters, digits and underscore only, as AWS demands
/// @param sql in AWS IoT SQL, version 2016-03-23
public record TopicRule(String name, String sql) {
  public TopicRule {
    if (!name.matches("\\w+")) {
      throw new IllegalArgumentException(
          "rule name '%s' has other than letters, digits, _".formatted(name));
    }
  }
}
