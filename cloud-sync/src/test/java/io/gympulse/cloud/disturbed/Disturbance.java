package io.gympulse.cloud.disturbed;

import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.util.Random;
import java.util.Set;

/// Faults between handlers and a store: any call of a port may be throttled, before or after it is
/// made, or may kill the handler's process.
public final class Disturbance implements FaultyStore.Fault {
  private static final int RARELY = 120;

  /// Calls that are not writes or reads of the store, but lead to them.
  private static final Set<String> SPARED = Set.of("together", "close");

  /// The process is killed: not even its catch blocks for exceptions run.
  public static final class Death extends Error {
    private static final long serialVersionUID = 1;
  }

  private final Random random;
  private final int oneIn;
  private int throttled;
  private int deaths;
  private boolean over;

  Disturbance(Random random) {
    this(random, RARELY);
  }

  /// @param oneIn of so many moments, before or after a call, one throttles and one kills
  public Disturbance(Random random, int oneIn) {
    this.random = random;
    this.oneIn = oneIn;
  }

  CloudStore before(CloudStore store) {
    return FaultyStore.over(store, this);
  }

  /// @param port an interface
  public <T> T before(Class<T> port, T real) {
    return FaultyStore.over(port, real, this);
  }

  /// From now on nothing is disturbed.
  public void end() {
    over = true;
  }

  public int throttled() {
    return throttled;
  }

  public int deaths() {
    return deaths;
  }

  @Override
  public void strike(FaultyStore.Moment moment, String call) {
    if (over || SPARED.contains(call)) {
      return;
    }
    switch (random.nextInt(oneIn)) {
      case 0 -> {
        throttled++;
        throw new StoreUnavailableException("throttled", null);
      }
      case 1 -> {
        deaths++;
        throw new Death();
      }
      default -> {}
    }
  }
}
