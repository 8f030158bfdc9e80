package io.gympulse.cloud.core.feed;

/// How far a reader of the feed has come, kept over restarts. Methods throw
/// [io.gympulse.cloud.core.store.StoreUnavailableException] while it cannot be reached.
public interface FeedCursor {
  /// The position after which the reader goes on; 0 before the first move.
  long position();

  /// Keeps the position up to which all is done.
  void move(long position);
}
