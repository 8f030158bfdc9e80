package io.gympulse.bench.ingest;

/// One of the two ways to take in a gym's events.
interface Way extends AutoCloseable {

  /// Takes in all traffic, message by message or in invocations of several, on this thread.
  void run();

  @Override
  void close();
}
