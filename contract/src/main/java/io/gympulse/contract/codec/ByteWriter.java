package io.gympulse.contract.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Collects bytes: numbers as LEB128, which is groups of seven bits, the lowest first. For one
/// thread.
final class ByteWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /// @param number read as unsigned: a negative one takes ten bytes
  ByteWriter number(long number) {
    long left = number;
    while ((left & ~0x7fL) != 0) {
      bytes.write((int) ((left & 0x7f) | 0x80));
      left >>>= 7;
    }
    bytes.write((int) left);
    return this;
  }

  /// A number as zig-zag, so that numbers near zero are short, whatever their sign.
  ByteWriter signed(long number) {
    return number((number << 1) ^ (number >> 63));
  }

  /// @param text ASCII
  ByteWriter text(String text) {
    number(text.length());
    bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  /// The lowest `width` bits of each number, without padding between them, the lowest bit first.
  ByteWriter bits(long[] numbers, int width) {
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
