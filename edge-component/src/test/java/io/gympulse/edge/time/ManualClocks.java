package io.gympulse.edge.time;

import java.time.Duration;
import java.time.Instant;

/// Clocks that are set and advanced by hand, for tests.
public final class ManualClocks implements MachineClocks {
  private BootId boot;
  private Duration sinceBoot = Duration.ZERO;
  private Instant wall;
  private boolean synchronised;

  public ManualClocks(BootId boot, Instant wall, boolean synchronised) {
    this.boot = boot;
    this.wall = wall;
    this.synchronised = synchronised;
  }

  @Override
  public synchronized BootId boot() {
    return boot;
  }

  @Override
  public synchronized Duration sinceBoot() {
    return sinceBoot;
  }

  @Override
  public synchronized WallReading readWall() {
    return new WallReading(wall, synchronised);
  }

  /// Advances both clocks.
  public synchronized void advance(Duration time) {
    sinceBoot = sinceBoot.plus(time);
    wall = wall.plus(time);
  }

  /// Sets the wall clock.
  public synchronized void setWall(Instant at, boolean isSynchronised) {
    wall = at;
    synchronised = isSynchronised;
  }

  /// Starts a new boot.
  public synchronized void reboot(BootId next, Instant at, boolean isSynchronised) {
    boot = next;
    sinceBoot = Duration.ZERO;
    setWall(at, isSynchronised);
  }
}
