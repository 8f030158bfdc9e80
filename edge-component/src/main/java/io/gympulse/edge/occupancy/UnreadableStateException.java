package io.gympulse.edge.occupancy;

/// What a gateway remembered cannot be used. The message says what is amiss.
public final class UnreadableStateException extends Exception {
  private static final long serialVersionUID = 1;

  UnreadableStateException(String message) {
    super(message);
  }
}
