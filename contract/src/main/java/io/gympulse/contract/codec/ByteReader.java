package io.gympulse.contract.codec;

import io.gympulse.contract.codec.MessageJson.InvalidBody;
import io.gympulse.contract.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what a [ByteWriter] wrote. Invalid bytes become an [InvalidBody] of the field that held
/// them. For one thread.
final class ByteReader {
  private final JsonCursor<InvalidBody> field;
  private final byte[] bytes;
  private int at;

  ByteReader(JsonCursor<InvalidBody> field, byte[] bytes) {
    this.field = field;
    this.bytes = bytes;
  }

  /// A number of at most 63 bits.
  long number() {
    long number = bits64();
    if (number < 0) {
      throw field.invalid("holds a number of more than 63 bits");
    }
    return number;
  }

  /// `count` numbers.
  long[] numbers(int count) {
    long[] numbers = new long[count];
    Arrays.setAll(numbers, _ -> number());
    return numbers;
  }

  /// A number from 0 to `most`.
  int numberTo(int most) {
    long number = number();
    if (number > most) {
      throw field.invalid("holds %d, the limit is %d".formatted(number, most));
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
      throw field.invalid("holds no " + what);
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

  /// `count` numbers of `width` bits each.
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
      throw field.invalid("holds %d bytes too many".formatted(bytes.length - at));
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
    throw field.invalid("holds a number of more than 64 bits");
  }

  private void require(int more) {
    if (bytes.length - at < more) {
      throw field.invalid("ends too early");
    }
  }
}
