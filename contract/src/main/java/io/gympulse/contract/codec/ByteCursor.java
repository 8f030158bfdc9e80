package io.gympulse.contract.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what a [ByteColumn] wrote. Whatever does not add up becomes an [InvalidBody] of the field
/// that the bytes came in.
final class ByteCursor {
  private final Body field;
  private final byte[] bytes;
  private int at;

  ByteCursor(Body field, byte[] bytes) {
    this.field = field;
    this.bytes = bytes;
  }

  /// A number of at most 63 bits.
  long number() {
    long number = bits64();
    if (number < 0) {
      throw field.wrong("holds a number that is too large");
    }
    return number;
  }

  /// As many numbers.
  long[] numbers(int count) {
    long[] numbers = new long[count];
    Arrays.setAll(numbers, _ -> number());
    return numbers;
  }

  /// A number from 0 to `most`.
  int numberTo(int most) {
    long number = number();
    if (number > most) {
      throw field.wrong("holds %d where the most is %d".formatted(number, most));
    }
    return (int) number;
  }

  int[] numbersTo(int most, int count) {
    int[] numbers = new int[count];
    Arrays.setAll(numbers, _ -> numberTo(most));
    return numbers;
  }

  /// A number from 1 to `most`.
  int countTo(int most, String what) {
    long count = number();
    if (count > most) {
      throw field.tooLarge("holds %d %s, the limit is %d".formatted(count, what, most));
    }
    if (count == 0) {
      throw field.wrong("holds no " + what);
    }
    return (int) count;
  }

  long signed() {
    long number = bits64();
    return (number >>> 1) ^ -(number & 1);
  }

  String text(int most) {
    int length = numberTo(most);
    require(length);
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.US_ASCII);
  }

  /// As many numbers of `width` bits each.
  long[] bits(int count, int width) {
    int size = (int) (((long) count * width + 7) / Byte.SIZE);
    require(size);
    long[] numbers = new long[count];
    long bit = (long) at * Byte.SIZE;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < width; j++, bit++) {
        numbers[i] |= (long) ((bytes[(int) (bit >>> 3)] >>> (bit & 7)) & 1) << j;
      }
    }
    at += size;
    return numbers;
  }

  void requireEnd() {
    if (at != bytes.length) {
      throw field.wrong("holds %d bytes too many".formatted(bytes.length - at));
    }
  }

  private long bits64() {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      require(1);
      byte group = bytes[at++];
      number |= (long) (group & 0x7f) << shift;
      if (group >= 0) {
        return number;
      }
    }
    throw field.wrong("holds a number without an end");
  }

  private void require(int more) {
    if (bytes.length - at < more) {
      throw field.wrong("ends too early");
    }
  }
}
