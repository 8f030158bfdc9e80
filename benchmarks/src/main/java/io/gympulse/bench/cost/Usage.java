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
