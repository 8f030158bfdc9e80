package io.gympulse.cloud.aws.client;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that is created once, at its first use: for what only few invocations need. Safe for any
/// number of threads.
public final class Lazy<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private volatile @Nullable T made;

  public Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public T get() {
    @Nullable T value = made;
    return value == null ? make() : value;
  }

  private synchronized T make() {
    @Nullable T value = made;
    if (value == null) {
      value = maker.get();
      made = value;
    }
    return value;
  }
}
