package io.gympulse.bench.cost;

import java.util.LinkedHashMap;
import java.util.Map;

/// Dollars by cost item.
final class Bill {
  /// One receive and one delete per invocation.
  private static final int QUEUE_CALLS_PER_INVOCATION = 2;

  private final Map<String, Double> lines = new LinkedHashMap<>();

  /// The way of messages from gateways to ingest.
  enum TransportKind {
    /// Topics of the broker and a standard queue: for a few gyms.
    TOPICS_AND_QUEUE,

    /// Basic Ingest topics, whose messages are free, and a stream: for fleets.
    BASIC_INGEST_AND_STREAM;

    /// On an ordinary topic a message triggers its rule and the rule for payloads that are not
    /// JSON; on a Basic Ingest topic only the rule in the topic.
    private int rulesPerMessage() {
      return this == TOPICS_AND_QUEUE ? 2 : 1;
    }
  }

  /// The costs from the broker to the store and back.
  static Bill of(Usage usage, TransportKind kind, Prices prices, Function function) {
    Bill bill = new Bill();
    double metered = kind == TransportKind.TOPICS_AND_QUEUE ? usage.messages() : 0;
    bill.add("messages from gateways", prices.of("iot.messages", metered));
    // An acknowledgement is published and delivered: two messages. It triggers the rule for
    // payloads that are not JSON.
    bill.add("acknowledgements", prices.of("iot.messages", usage.acks() * 2));
    // A triggered rule is billed for at least one action, even if its WHERE clause is false.
    double triggered = usage.messages() * kind.rulesPerMessage() + usage.acks();
    bill.add(
        "rules",
        prices.of("iot.rules.triggered", triggered) + prices.of("iot.rules.actions", triggered));
    switch (kind) {
      case TOPICS_AND_QUEUE -> {
        double calls = usage.messages() + usage.invocations() * QUEUE_CALLS_PER_INVOCATION;
        bill.add("queue", prices.of("sqs.requests", calls));
      }
      case BASIC_INGEST_AND_STREAM -> {
        double shards = usage.shardHours() * prices.price("kinesis.shard.hour");
        bill.add("stream", shards + prices.of("kinesis.put.units", usage.putUnits()));
      }
    }
    bill.add("ingest function", function.dollars(usage, prices));
    bill.add("write units", prices.of("dynamodb.write.units", usage.writeUnits()));
    bill.add("read units", prices.of("dynamodb.read.units", usage.readUnits()));
    return bill;
  }

  /// Assumptions, not measured on AWS.
  ///
  /// @param invocationMillis the fixed time of an invocation
  /// @param messageMillis the time per message in it
  /// @param gigabytes of memory
  record Function(double invocationMillis, double messageMillis, double gigabytes) {
    double dollars(Usage usage, Prices prices) {
      double seconds =
          (usage.invocations() * invocationMillis + usage.messages() * messageMillis) / 1e3;
      return prices.of("lambda.invocations", usage.invocations())
          + seconds * gigabytes * prices.price("lambda.gb.seconds");
    }
  }

  Bill add(String what, double dollars) {
    lines.merge(what, dollars, Double::sum);
    return this;
  }

  double total() {
    return lines.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  Map<String, Double> lines() {
    return lines;
  }
}
