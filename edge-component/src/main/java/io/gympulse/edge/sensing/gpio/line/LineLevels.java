package io.gympulse.edge.sensing.gpio.line;

/// What is known of the levels of up to 64 lines. Pure and immutable.
///
/// @param high bit i is set if the i-th line is high
/// @param sequence of the last edge heard; 0 before the first
record LineLevels(long high, long sequence) {
  private static final long SEQUENCE_MASK = 0xFFFF_FFFFL;

  /// @param changed whether the line's level is another one than was known
  /// @param lost whether edges are missing before this one
  record Step(LineLevels next, boolean changed, boolean lost) {}

  Step edge(int place, Edge edge) {
    long bit = 1L << place;
    long after = edge.high() ? high | bit : high & ~bit;
    boolean lost = edge.sequence() != ((sequence + 1) & SEQUENCE_MASK);
    return new Step(new LineLevels(after, edge.sequence()), after != high, lost);
  }

  LineLevels found(long levels) {
    return new LineLevels(levels, sequence);
  }

  boolean isHigh(int place) {
    return (high >>> place & 1) == 1;
  }
}
