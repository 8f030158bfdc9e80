package io.gympulse.edge.sensing.gpio.line;

/// The GPIO chips of a machine. Safe for several threads.
public interface GpioChips {

  /// Takes lines as inputs; from here on their edges are queued.
  ///
  /// @throws LineException if the chip is missing, closed to this user, or a line is taken
  HeldLines take(LineRequest request) throws LineException;

  /// @throws LineException if the operating system has none to give
  Waiter waiter() throws LineException;

  /// Nanoseconds on a clock that only runs forward; its zero means nothing.
  long nanos();
}
