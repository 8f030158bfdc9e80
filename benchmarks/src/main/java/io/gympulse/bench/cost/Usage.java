package io.gympulse.bench.cost;

/// Billed units used by some traffic.
///
/// @param messages from gateways, each of at most 5 KB
/// @param acks acknowledgement messages to gateways
/// @param invocations of ingest
/// @param writeUnits of DynamoDB
/// @param readUnits of DynamoDB
/// @param shardHours of a stream
/// @param putUnits payload units of a stream, 25 KB each
record Usage(
    double messages,
    double acks,
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
        acks + other.acks,
        invocations + other.invocations,
        writeUnits + other.writeUnits,
        readUnits + other.readUnits,
        shardHours + other.shardHours,
        putUnits + other.putUnits);
  }

  Usage times(double factor) {
    return new Usage(
        messages * factor,
        acks * factor,
        invocations * factor,
        writeUnits * factor,
        readUnits * factor,
        shardHours * factor,
        putUnits * factor);
  }

  /// The same with the invocations and shard hours of another usage, which many gyms share.
  Usage withSharedStream(Usage other) {
    return new Usage(
        messages, acks, other.invocations, writeUnits, readUnits, other.shardHours, putUnits);
  }
}
