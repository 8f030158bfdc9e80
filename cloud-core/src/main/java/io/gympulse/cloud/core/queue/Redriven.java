package io.gympulse.cloud.core.queue;

/// What became of the order to move dead letters back.
public sealed interface Redriven {

  /// @param moved how many are on their way
  /// @param left how many stay: their queue is full or closed or unknown, or they cannot be read
  record Moved(long moved, long left) implements Redriven {}

  /// The queue's service moves them and does not say how many.
  record Started(String task) implements Redriven {}

  /// An earlier order is not done with yet; nothing was moved.
  record UnderWay() implements Redriven {}

  /// What became of two orders: their sum, or what is to be known of the one that tells no numbers.
  default Redriven and(Redriven other) {
    return switch (this) {
      case Moved(long moved, long left) ->
          switch (other) {
            case Moved(long more, long stay) -> new Moved(moved + more, left + stay);
            case Started it -> it;
            case UnderWay it -> moved + left == 0 ? it : this;
          };
      case Started it -> it;
      case UnderWay it -> other instanceof UnderWay ? it : other.and(this);
    };
  }
}
