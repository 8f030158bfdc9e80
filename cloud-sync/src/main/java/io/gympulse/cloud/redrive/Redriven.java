package io.gympulse.cloud.redrive;

/// What became of the order to move dead letters back.
public sealed interface Redriven {

  /// @param moved how many are on their way
  /// @param left how many stay: their queue is full or closed or unknown, or they cannot be read
  record Moved(long moved, long left) implements Redriven {}

  /// The queue's service moves them and does not say how many.
  record Started(String task) implements Redriven {}

  /// An earlier order is not done with yet; nothing was moved.
  record UnderWay() implements Redriven {}
}
