package io.gympulse.cloud.core.arrears;

import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.contract.id.CategoryId;
import java.util.Comparator;

/// A category's window that has to be computed again.
public record Mark(CategoryId category, Window window) implements Comparable<Mark> {
  private static final Comparator<Mark> ORDER =
      Comparator.comparing(Mark::window).thenComparing(it -> it.category().value());

  @Override
  public int compareTo(Mark other) {
    return ORDER.compare(this, other);
  }
}
