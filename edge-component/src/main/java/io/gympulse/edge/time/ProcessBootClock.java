package io.gympulse.edge.time;

import java.time.Duration;
import java.util.UUID;

/// Where the operating system tells nothing of its boot, each process counts as a boot of its own.
public final class ProcessBootClock implements BootClock {
  private final BootId boot = new BootId(UUID.randomUUID().toString());
  private final long start = System.nanoTime();

  @Override
  public BootId boot() {
    return boot;
  }

  @Override
  public Duration sinceBoot() {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
