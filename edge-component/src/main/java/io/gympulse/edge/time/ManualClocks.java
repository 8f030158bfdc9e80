package io.gympulse.edge.time;

import java.time.Duration;
import java.time.Instant;

/// Clocks that show what they are told, for tests and for trying things out.
public final class ManualClocks implements BootClock, WallClock {
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
  public synchronized Reading read() {
    return new Reading(wall, synchronised);
  }

  /// Lets time pass on both clocks.
  public synchronized void pass(Duration time) {
    sinceBoot = sinceBoot.plus(time);
    wall = wall.plus(time);
  }

  /// Somebody sets the wall clock.
  public synchronized void set(Instant at, boolean isSynchronised) {
    wall = at;
    synchronised = isSynchronised;
  }

  /// The machine starts anew.
  public synchronized void reboot(BootId next, Instant at, boolean isSynchronised) {
    boot = next;
    sinceBoot = Duration.ZERO;
    set(at, isSynchronised);
  }
}
