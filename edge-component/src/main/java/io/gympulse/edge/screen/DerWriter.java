package io.gympulse.edge.screen;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// The few values of ASN.1 that a certificate consists of, in their distinguished encoding (X.690).
final class DerWriter {
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;

  private DerWriter() {}

  /// A value with any tag.
  ///
  /// @param parts the encoded parts of its content
  static byte[] value(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] it : parts) {
      content.writeBytes(it);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    whole.writeBytes(length(content.size()));
    whole.writeBytes(content.toByteArray());
    return whole.toByteArray();
  }

  private static byte[] length(int length) {
    if (length < 0x80) {
      return new byte[] {(byte) length};
    }
    byte[] digits = BigInteger.valueOf(length).toByteArray();
    int zeros = digits[0] == 0 ? 1 : 0;
    byte[] encoded = new byte[digits.length - zeros + 1];
    encoded[0] = (byte) (0x80 | (digits.length - zeros));
    System.arraycopy(digits, zeros, encoded, 1, digits.length - zeros);
    return encoded;
  }

  static byte[] sequence(byte[]... parts) {
    return value(SEQUENCE, parts);
  }

  static byte[] set(byte[]... parts) {
    return value(SET, parts);
  }

  static byte[] integer(BigInteger number) {
    return value(0x02, number.toByteArray());
  }

  static byte[] trueValue() {
    return value(0x01, new byte[] {(byte) 0xff});
  }

  static byte[] octets(byte[] content) {
    return value(0x04, content);
  }

  /// @param unused the last bits that do not count
  static byte[] bits(int unused, byte[] content) {
    return value(0x03, new byte[] {(byte) unused}, content);
  }

  static byte[] text(String text) {
    return value(0x0c, text.getBytes(StandardCharsets.UTF_8));
  }

  /// @param time `yyMMddHHmmssZ`
  static byte[] utcTime(String time) {
    return value(0x17, time.getBytes(StandardCharsets.US_ASCII));
  }

  /// @param time `yyyyMMddHHmmssZ`
  static byte[] generalizedTime(String time) {
    return value(0x18, time.getBytes(StandardCharsets.US_ASCII));
  }

  /// @param dotted at least two numbers, such as `2.5.29.17`
  static byte[] objectId(String dotted) {
    String[] numbers = dotted.split("\\.", -1);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(Integer.parseInt(numbers[0]) * 40 + Integer.parseInt(numbers[1]));
    for (int i = 2; i < numbers.length; i++) {
      content.writeBytes(base128(Integer.parseInt(numbers[i])));
    }
    return value(0x06, content.toByteArray());
  }

  private static byte[] base128(int number) {
    Deque<Byte> digits = new ArrayDeque<>();
    for (int rest = number; rest > 0 || digits.isEmpty(); rest >>>= 7) {
      digits.addFirst((byte) ((rest & 0x7f) | (digits.isEmpty() ? 0 : 0x80)));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    digits.forEach(bytes::write);
    return bytes.toByteArray();
  }
}
