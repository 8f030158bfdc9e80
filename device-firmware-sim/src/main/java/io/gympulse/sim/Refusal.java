package io.gympulse.sim;

/// The options ask for something that cannot be done; the message names the option and the remedy.
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  Refusal(String message) {
    super(message);
  }
}
