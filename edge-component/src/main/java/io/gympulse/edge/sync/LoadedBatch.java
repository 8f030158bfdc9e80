package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;

/// A batch ready to be published.
final class LoadedBatch {
  private final byte[] body;
  private final SeqRange range;

  /// @param range from the first to the last event of the body
  LoadedBatch(byte[] body, SeqRange range) {
    this.body = body;
    this.range = range;
  }

  byte[] body() {
    return body;
  }

  SeqRange range() {
    return range;
  }
}
