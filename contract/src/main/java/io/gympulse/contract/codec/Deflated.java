package io.gympulse.contract.codec;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Bytes as raw DEFLATE (RFC 1951) in base64.
final class Deflated {
  // Below this, what a block of its own costs is more than what it saves.
  private static final int WORTH_A_BLOCK = 32;
  private static final int STEP = 8_192;
  // How many times as long most texts are as what they are deflated to.
  private static final int EXPECTED = 4;

  private Deflated() {}

  /// Three parts with statistics of their own, each in blocks of its own; read back as one.
  ///
  /// @param repetitive where the same strings come again
  /// @param skewed where some bytes are more frequent than others
  /// @param noise that no compression makes smaller
  static String text(byte[] repetitive, byte[] skewed, byte[] noise) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      ByteArrayOutputStream deflated = new ByteArrayOutputStream();
      add(repetitive, deflater, deflated);
      if (noise.length >= WORTH_A_BLOCK) {
        deflater.setStrategy(Deflater.HUFFMAN_ONLY);
        newBlock(deflater, deflated);
      }
      add(skewed, deflater, deflated);
      if (noise.length >= WORTH_A_BLOCK) {
        deflater.setLevel(Deflater.NO_COMPRESSION);
        newBlock(deflater, deflated);
      }
      add(noise, deflater, deflated);
      deflater.finish();
      drain(deflater, deflated);
      return Base64.getEncoder().encodeToString(deflated.toByteArray());
    } finally {
      deflater.end();
    }
  }

  private static void add(byte[] part, Deflater deflater, ByteArrayOutputStream to) {
    deflater.setInput(part);
    drain(deflater, to);
  }

  /// A changed parameter ends the block at the next call, and would apply to later input only: so
  /// that call brings none.
  private static void newBlock(Deflater deflater, ByteArrayOutputStream to) {
    deflater.setInput(new byte[0]);
    drain(deflater, to);
  }

  private static void drain(Deflater deflater, ByteArrayOutputStream to) {
    byte[] step = new byte[STEP];
    int count;
    while ((count = deflater.deflate(step)) > 0) {
      to.write(step, 0, count);
    }
  }

  /// @param most how many bytes may come out, lest a small message fills the memory
  static byte[] bytes(Body field, int most) {
    byte[] deflated = field.checked(() -> Base64.getDecoder().decode(field.text()));
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(deflated);
      return inflated(
          inflater, field, Math.clamp(EXPECTED * (long) deflated.length, 64, STEP), most);
    } catch (DataFormatException e) {
      throw field.wrong("is not deflated: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }

  private static byte[] inflated(Inflater inflater, Body field, int expected, int most)
      throws DataFormatException {
    byte[] bytes = new byte[Math.min(most, expected)];
    int size = 0;
    while (!inflater.finished()) {
      if (size == bytes.length) {
        if (size == most) {
          throw field.tooLarge("expands to more than %d bytes".formatted(most));
        }
        bytes = Arrays.copyOf(bytes, Math.min(most, 2 * size));
      }
      int count = inflater.inflate(bytes, size, bytes.length - size);
      size += count;
      if (count == 0 && !inflater.finished()) {
        throw field.wrong("ends too early");
      }
    }
    if (inflater.getRemaining() > 0) {
      throw field.wrong("has %d bytes behind its end".formatted(inflater.getRemaining()));
    }
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }
}
