package io.gympulse.edge.sensing.gpio.line;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/// Lets one thread sleep until lines have something to tell.
public interface Waiter extends AutoCloseable {

  /// Blocks until one of them has edges or is gone, until [#wake], or until time is up.
  ///
  /// @return those with something to tell
  /// @throws LineException if the operating system refuses
  Set<HeldLines> await(Collection<HeldLines> lines, Duration timeout) throws LineException;

  /// Ends the present wait, or else the next one. For any thread.
  void wake();

  @Override
  void close();
}
