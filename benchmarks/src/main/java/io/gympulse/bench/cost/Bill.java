package io.gympulse.bench.cost;

import java.util.LinkedHashMap;
import java.util.Map;

/// Dollars by what they are paid for.
final class Bill {
  /// Received and deleted, once each for an invocation.
  private static final int QUEUE_CALLS_PER_INVOCATION = 2;

  private final Map<String, Double> lines = new LinkedHashMap<>();

  /// How messages get from gateways to ingest.
  enum Way {
    /// The broker's topics and a standard queue: what a few gyms need.
    TOPICS_AND_QUEUE,

    /// Basic Ingest topics, whose messages are free, and a stream: for fleets.
    BASIC_INGEST_AND_STREAM;

    /// On a topic of its own a message meets its rule and the one for payloads that are no JSON;
    /// on a Basic Ingest topic the rule that it names.
    private int rulesPerMessage() {
      return this == TOPICS_AND_QUEUE ? 2 : 1;
    }
  }

  /// What messages cost from the broker to the store and back.
  static Bill of(Usage usage, Way way, Prices prices, Function function) {
    Bill bill = new Bill();
    double metered = way == Way.TOPICS_AND_QUEUE ? usage.messages() : 0;
    bill.add("messages from gateways", prices.of("iot.messages", metered));
    // An answer is published and delivered: two messages. It meets the rule for what is no JSON.
    bill.add("acknowledgements", prices.of("iot.messages", usage.answers() * 2));
    // A rule that is triggered is billed for one action at least, even if its WHERE says no.
    double triggered = usage.messages() * way.rulesPerMessage() + usage.answers();
    bill.add(
        "rules",
        prices.of("iot.rules.triggered", triggered) + prices.of("iot.rules.actions", triggered));
    switch (way) {
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

  /// Assumed, not measured on AWS.
  ///
  /// @param invocationMillis an invocation takes, whatever is in it
  /// @param messageMillis each message in it takes
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
