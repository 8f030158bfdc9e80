package io.gympulse.edge.sensing.gpio.line;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// The GPIO chips of a machine. Safe for several threads.
public interface GpioChips {

  /// Requests lines as inputs. Their edges are queued from then on.
  ///
  /// @throws LineException if the chip is missing or not accessible, or a line is in use
  LineHandle request(LineRequest request) throws LineException;

  /// @throws LineException if the operating system refuses to create one
  Waiter waiter() throws LineException;

  /// Nanoseconds on a monotonic clock of arbitrary origin.
  long nanos();

  /// Lines that were requested together. For one thread at a time.
  interface LineHandle extends AutoCloseable {

    /// Removes all edges from the queue. To be called when a [Waiter] says so; otherwise it may
    /// block.
    ///
    /// @throws LineException if the chip is gone
    List<EdgeEvent> edges() throws LineException;

    /// The present debounced levels: bit i is set if the request's i-th line is high.
    ///
    /// @throws LineException if the chip is gone
    long levels() throws LineException;

    /// Releases the lines. Has no effect if called again.
    @Override
    void close();
  }

  /// Blocks one thread until lines have edges.
  interface Waiter extends AutoCloseable {

    /// Blocks until a line has an edge or is gone, until [#wake], or until the timeout.
    ///
    /// @return the handles to read
    /// @throws LineException if the operating system refuses
    Set<LineHandle> await(Collection<LineHandle> lines, Duration timeout) throws LineException;

    /// Ends the present wait, or else the next one. For any thread.
    void wake();

    @Override
    void close();
  }

  /// A change of a line's level.
  ///
  /// @param high the new level
  /// @param sequence counts the edges of one request from 1, in 32 bits; a gap means lost edges
  /// @param nanos when it happened, on the clock of [GpioChips#nanos]
  record EdgeEvent(int line, boolean high, long sequence, long nanos) {}

  /// Lines cannot be requested, or were lost. The message names chip, line and remedy.
  final class LineException extends Exception {
    private static final long serialVersionUID = 1;

    public LineException(String message) {
      super(message);
    }
  }
}
