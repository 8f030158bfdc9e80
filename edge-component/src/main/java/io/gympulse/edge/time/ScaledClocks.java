package io.gympulse.edge.time;

import io.gympulse.process.ProcessClock;
import java.time.Duration;

/// Clocks that run at a process's own pace and are taken to be right: a scaled clock, or a machine
/// whose wall clock is trusted without asking the kernel.
public final class ScaledClocks implements BootClock, WallClock {
  private final BootClock boot;
  private final ProcessClock clock;

  /// @param boot runs in real time
  public ScaledClocks(BootClock boot, ProcessClock clock) {
    this.boot = boot;
    this.clock = clock;
  }

  @Override
  public BootId boot() {
    return boot.boot();
  }

  @Override
  public Duration sinceBoot() {
    return clock.scaled(boot.sinceBoot());
  }

  @Override
  public Reading read() {
    return new Reading(clock.instant(), true);
  }
}
