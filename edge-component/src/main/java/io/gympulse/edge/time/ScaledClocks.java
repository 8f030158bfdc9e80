package io.gympulse.edge.time;

import io.gympulse.process.ProcessClock;
import java.time.Duration;

/// Clocks that run at the rate of a [ProcessClock] and count as synchronised: a scaled clock, or
/// the wall clock of a machine that is trusted whatever the kernel says.
public final class ScaledClocks implements MachineClocks {
  private final MachineClocks boot;
  private final ProcessClock clock;

  /// @param boot provides the boot clock, in real time
  /// @param clock provides the wall clock, and the rate of both
  public ScaledClocks(MachineClocks boot, ProcessClock clock) {
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
  public WallReading readWall() {
    return new WallReading(clock.instant(), true);
  }
}
