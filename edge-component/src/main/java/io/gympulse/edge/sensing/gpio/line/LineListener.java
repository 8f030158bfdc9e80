package io.gympulse.edge.sensing.gpio.line;

import java.time.Duration;

/// Hears of taken lines. Called on the reader's thread: it must not block.
public interface LineListener {

  /// The line's level, told once at first and then whenever it is another one.
  ///
  /// @param age how long ago that happened; zero if it was only found so
  void level(int line, boolean high, Duration age);

  /// The lines are gone; nothing more will be told.
  void lost(LineException reason);
}
