package io.gympulse.bench.cost;

import java.util.LinkedHashMap;
import java.util.Map;

/// Dollars by what they are paid for.
final class Bill {
  /// Every message meets the rule of its topic and the rule for payloads that are no JSON.
  private static final int RULES_PER_MESSAGE = 2;

  /// Received and deleted, once each for an invocation.
  private static final int QUEUE_CALLS_PER_INVOCATION = 2;

  private final Map<String, Double> lines = new LinkedHashMap<>();

  /// What messages cost from the broker to the store and back.
  ///
  /// @param lambda how long an invocation takes, in milliseconds, and how much memory it has
  static Bill of(Usage usage, Prices prices, Lambda lambda) {
    Bill bill = new Bill();
    bill.add("messages from gateways", prices.of("iot.messages", usage.messages()));
    // An answer is published and delivered: two messages. It meets the second rule as well.
    bill.add("acknowledgements", prices.of("iot.messages", usage.answers() * 2));
    double triggered = usage.messages() * RULES_PER_MESSAGE + usage.answers();
    bill.add(
        "rules",
        prices.of("iot.rules.triggered", triggered)
            + prices.of("iot.rules.actions", usage.messages()));
    double calls = usage.messages() + usage.invocations() * QUEUE_CALLS_PER_INVOCATION;
    bill.add("queue", prices.of("sqs.requests", calls));
    bill.add("ingest function", lambda.dollars(usage.invocations(), prices));
    bill.add("write units", prices.of("dynamodb.write.units", usage.writeUnits()));
    bill.add("read units", prices.of("dynamodb.read.units", usage.readUnits()));
    return bill;
  }

  /// @param millis assumed, not measured on AWS
  record Lambda(double millis, double gigabytes) {
    double dollars(double invocations, Prices prices) {
      return prices.of("lambda.invocations", invocations)
          + invocations * millis / 1e3 * gigabytes * prices.price("lambda.gb.seconds");
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
