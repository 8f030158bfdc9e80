package io.gympulse.edge.sensing.gpio.line;

import java.util.List;

/// Lines that were taken together. For one thread at a time.
public interface HeldLines extends AutoCloseable {

  /// Empties the queue of edges. To be called when a [Waiter] says so; it may block otherwise.
  ///
  /// @throws LineException if the chip is gone
  List<Edge> edges() throws LineException;

  /// The debounced levels of this moment: bit i is set if the request's i-th line is high.
  ///
  /// @throws LineException if the chip is gone
  long levels() throws LineException;

  /// Gives the lines back. Harmless if called again.
  @Override
  void close();
}
