package io.gympulse.sim.day;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// A source of independent random streams: the same seed and the same path of splits always give
/// the same numbers, whatever was drawn from other streams before. Immutable.
public record Seed(long value) {

  /// The seed of a part, identified by a number (an index, a time).
  public Seed split(long part) {
    return new Seed(mix(value * 0x9E3779B97F4A7C15L + mix(part + 0x632BE59BD9B4E019L)));
  }

  /// The seed of a part, identified by a text (an id).
  public Seed split(String part) {
    return split(part.hashCode() * 31L + part.length());
  }

  /// A new generator with this seed.
  public RandomGenerator random() {
    return new SplittableRandom(value);
  }

  /// The finaliser of splitmix64 (Steele, Lea, Flood 2014).
  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
