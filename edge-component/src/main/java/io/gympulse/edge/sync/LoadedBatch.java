package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;

/// A batch ready to be published.
final class LoadedBatch {
  private final byte[] body;
  private final SeqRange range;
  private final SeqRange standsFor;

  /// @param range from the first to the last event of the body, by their own numbers
  /// @param standsFor what the body says it is about
  LoadedBatch(byte[] body, SeqRange range, SeqRange standsFor) {
    this.body = body;
    this.range = range;
    this.standsFor = standsFor;
  }

  byte[] body() {
    return body;
  }

  SeqRange range() {
    return range;
  }

  SeqRange standsFor() {
    return standsFor;
  }
}
