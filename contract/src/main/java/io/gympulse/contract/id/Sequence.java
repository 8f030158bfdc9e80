package io.gympulse.contract.id;

/// An event's sequence number in its outbox: 1, 2, 3 and so on, without gaps, none used twice.
public record Sequence(long value) implements Comparable<Sequence> {
  public static final Sequence FIRST = new Sequence(1);

  public Sequence {
    if (value < 1) {
      throw new IllegalArgumentException("sequence %d is less than 1".formatted(value));
    }
  }

  public Sequence next() {
    return new Sequence(value + 1);
  }

  @Override
  public int compareTo(Sequence other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
