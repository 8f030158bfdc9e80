package io.gympulse.cloud.core.forecast;

import java.util.Arrays;

/// A number for each slot of the week, in thousandths from 0 to 2,000,000, or none where nothing
/// was observed. Immutable.
public final class SlotTable {
  private static final double UNIT = 1_000;
  private static final int MOST = 2_000_000_000;
  private static final int NONE = -1;

  private final int[] thousandths;

  private SlotTable(int[] thousandths) {
    this.thousandths = thousandths;
  }

  /// The quotient of two sums for each slot, each taken over the slot and, at half the weight, its
  /// two neighbours; 0 where the quotient is negative.
  ///
  /// @param numerators [WeekSlot#COUNT] sums
  /// @param denominators as many; where the smoothed one is 0, the table has no number
  static SlotTable quotient(double[] numerators, double[] denominators) {
    int[] table = new int[WeekSlot.COUNT];
    for (int slot = 0; slot < table.length; slot++) {
      double over = smoothed(denominators, slot);
      table[slot] = over <= 0 ? NONE : rounded(smoothed(numerators, slot) / over);
    }
    return new SlotTable(table);
  }

  /// @param values [WeekSlot#COUNT] numbers of at least 0
  static SlotTable of(double[] values) {
    return new SlotTable(Arrays.stream(values).mapToInt(SlotTable::rounded).toArray());
  }

  /// @param thousandths [WeekSlot#COUNT] numbers, -1 for none
  /// @throws IllegalArgumentException if there are fewer, more or others
  static SlotTable ofThousandths(int[] thousandths) {
    if (thousandths.length != WeekSlot.COUNT
        || Arrays.stream(thousandths).anyMatch(it -> it < NONE || it > MOST)) {
      throw new IllegalArgumentException("not a number for each slot of a week");
    }
    return new SlotTable(thousandths.clone());
  }

  private static double smoothed(double[] values, int slot) {
    int before = Math.floorMod(slot - 1, WeekSlot.COUNT);
    int after = Math.floorMod(slot + 1, WeekSlot.COUNT);
    return values[slot] + (values[before] + values[after]) / 2;
  }

  private static int rounded(double value) {
    return (int) Math.min(MOST, Math.round(Math.max(0, value) * UNIT));
  }

  boolean has(int slot) {
    return thousandths[slot] != NONE;
  }

  /// 0 where the table has no number.
  double at(int slot) {
    return Math.max(0, thousandths[slot]) / UNIT;
  }

  int[] thousandths() {
    return thousandths.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SlotTable table && Arrays.equals(thousandths, table.thousandths);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(thousandths);
  }

  @Override
  public String toString() {
    return "SlotTable" + Arrays.toString(thousandths);
  }
}
