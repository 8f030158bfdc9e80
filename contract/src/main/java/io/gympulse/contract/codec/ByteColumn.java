package io.gympulse.contract.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Bytes in the making: numbers of variable length, low groups of seven bits first.
final class ByteColumn {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /// @param number taken as unsigned: a negative one costs ten bytes
  ByteColumn number(long number) {
    long left = number;
    while ((left & ~0x7fL) != 0) {
      bytes.write((int) ((left & 0x7f) | 0x80));
      left >>>= 7;
    }
    bytes.write((int) left);
    return this;
  }

  /// Numbers near zero are short, whatever their sign.
  ByteColumn signed(long number) {
    return number((number << 1) ^ (number >> 63));
  }

  /// @param text ASCII
  ByteColumn text(String text) {
    number(text.length());
    bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  /// The lowest `width` bits of each number, without space between them, the lowest bit first.
  ByteColumn bits(long[] numbers, int width) {
    long pending = 0;
    int count = 0;
    for (long number : numbers) {
      for (int i = 0; i < width; i++) {
        pending |= ((number >>> i) & 1) << count++;
        if (count == Byte.SIZE) {
          bytes.write((int) pending);
          pending = 0;
          count = 0;
        }
      }
    }
    if (count > 0) {
      bytes.write((int) pending);
    }
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
