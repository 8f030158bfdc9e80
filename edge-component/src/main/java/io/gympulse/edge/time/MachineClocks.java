package io.gympulse.edge.time;

import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// The two clocks of a machine: the boot clock, which runs since the machine was started, through
/// suspension too, and never jumps or runs backwards; and the wall clock, which may be wrong and
/// may jump. Safe for any number of threads.
public interface MachineClocks {

  /// The id of the present boot, the same for every process of it.
  BootId boot();

  Duration sinceBoot();

  WallReading readWall();

  /// @param synchronised whether the clock was set by a time server and is kept synchronised with
  ///     it; otherwise `at` may be anything
  record WallReading(Instant at, boolean synchronised) {}

  /// Clocks for an operating system that exposes no boot id: each process counts as a boot of
  /// its own, and the wall clock is trusted.
  static MachineClocks ofProcess() {
    BootId boot = new BootId(UUID.randomUUID().toString());
    long start = System.nanoTime();
    return new MachineClocks() {
      @Override
      public BootId boot() {
        return boot;
      }

      @Override
      public Duration sinceBoot() {
        return Duration.ofNanos(System.nanoTime() - start);
      }

      @Override
      public WallReading readWall() {
        return new WallReading(ProcessClock.real().instant(), true);
      }
    };
  }
}
