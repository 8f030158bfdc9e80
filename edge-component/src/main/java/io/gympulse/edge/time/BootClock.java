package io.gympulse.edge.time;

import java.time.Duration;

/// The clock that runs since the machine was started, through suspension too. It never jumps and
/// never runs backwards. Safe for any number of threads.
public interface BootClock {

  /// Which start of the machine this is; the same for every process of one boot.
  BootId boot();

  Duration sinceBoot();
}
