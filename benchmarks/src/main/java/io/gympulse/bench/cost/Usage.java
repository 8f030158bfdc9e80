package io.gympulse.bench.cost;

/// What some traffic used up.
///
/// @param messages from gateways, each of at most 5 KB
/// @param answers messages to gateways
/// @param invocations of ingest
/// @param writeUnits of DynamoDB; so for reads
record Usage(
    double messages, double answers, double invocations, double writeUnits, double readUnits) {

  /// The same with so many messages in each invocation.
  Usage gathered(int atOnce) {
    return new Usage(messages, answers, messages / atOnce, writeUnits, readUnits);
  }

  Usage times(double factor) {
    return new Usage(
        messages * factor,
        answers * factor,
        invocations * factor,
        writeUnits * factor,
        readUnits * factor);
  }
}
