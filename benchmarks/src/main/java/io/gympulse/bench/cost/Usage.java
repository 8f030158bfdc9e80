package io.gympulse.bench.cost;

/// What some traffic used up.
///
/// @param messages from gateways, each of at most 5 KB
/// @param answers messages to gateways
/// @param invocations of ingest
/// @param writeUnits of DynamoDB; so for reads
/// @param shardHours of a stream
/// @param putUnits payload units of a stream, 25 KB each
record Usage(
    double messages,
    double answers,
    double invocations,
    double writeUnits,
    double readUnits,
    double shardHours,
    double putUnits) {

  static Usage ofStore(double writeUnits, double readUnits) {
    return new Usage(0, 0, 0, writeUnits, readUnits, 0, 0);
  }

  Usage plus(Usage other) {
    return new Usage(
        messages + other.messages,
        answers + other.answers,
        invocations + other.invocations,
        writeUnits + other.writeUnits,
        readUnits + other.readUnits,
        shardHours + other.shardHours,
        putUnits + other.putUnits);
  }

  Usage times(double factor) {
    return new Usage(
        messages * factor,
        answers * factor,
        invocations * factor,
        writeUnits * factor,
        readUnits * factor,
        shardHours * factor,
        putUnits * factor);
  }

  /// The same with another's share of the stream and its function: those that many gyms have in
  /// common.
  Usage sharing(Usage other) {
    return new Usage(
        messages, answers, other.invocations, writeUnits, readUnits, other.shardHours, putUnits);
  }
}
