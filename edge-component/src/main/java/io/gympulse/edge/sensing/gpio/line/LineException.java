package io.gympulse.edge.sensing.gpio.line;

/// Lines cannot be had, or not any more. The message names chip, line and remedy.
public final class LineException extends Exception {
  private static final long serialVersionUID = 1;

  public LineException(String message) {
    super(message);
  }
}
