package io.gympulse.local.policy;

import java.util.stream.IntStream;

/// Text with wildcards. Matching takes at most (pattern length) x (text length) steps, whatever
/// topic a device sends. Immutable.
final class Glob {
  private static final int ONE = -1;
  private static final int RUN = -2;

  private final int[] symbols;

  private Glob(int[] symbols) {
    this.symbols = symbols;
  }

  /// Not thread-safe.
  static final class Builder {
    private final IntStream.Builder symbols = IntStream.builder();

    /// Appends text without wildcards.
    Builder literal(String text) {
      text.codePoints().forEach(symbols);
      return this;
    }

    /// Appends text in which `*` matches any characters and `?` any single one.
    Builder wild(String text) {
      text.codePoints().map(it -> it == '*' ? RUN : it == '?' ? ONE : it).forEach(symbols);
      return this;
    }

    Glob build() {
      return new Glob(symbols.build().toArray());
    }
  }

  boolean matches(String text) {
    int[] points = text.codePoints().toArray();
    int symbol = 0;
    int at = 0;
    int run = -1;
    int runEnd = 0;
    while (at < points.length) {
      if (is(RUN, symbol)) {
        run = symbol++;
        runEnd = at;
      } else if (is(ONE, symbol) || is(points[at], symbol)) {
        symbol++;
        at++;
      } else if (run >= 0) {
        // Extending the last run is enough: it matches all that an earlier one could.
        symbol = run + 1;
        at = ++runEnd;
      } else {
        return false;
      }
    }
    while (is(RUN, symbol)) {
      symbol++;
    }
    return symbol == symbols.length;
  }

  private boolean is(int wanted, int symbol) {
    return symbol < symbols.length && symbols[symbol] == wanted;
  }
}
