package io.gympulse.contract.codec;

import io.gympulse.contract.codec.MessageJson.InvalidBody;
import io.gympulse.contract.json.JsonCursor;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Converts bytes to raw DEFLATE (RFC 1951) in base64 and back.
final class DeflateCodec {
  // Below this size in bytes, a separate block costs more than it saves.
  private static final int MIN_BLOCK_BYTES = 32;
  private static final int BUFFER_BYTES = 8_192;
  // Most bodies expand to about this many times their deflated size.
  private static final int EXPECTED_RATIO = 4;

  private DeflateCodec() {}

  /// Deflates three parts, each in blocks of its own, as their statistics differ. [#inflate] gives
  /// them back as one.
  ///
  /// @param repetitive bytes in which the same strings recur
  /// @param skewed bytes of which some are more frequent than others
  /// @param noise bytes that do not compress
  static String deflate(byte[] repetitive, byte[] skewed, byte[] noise) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      ByteArrayOutputStream deflated = new ByteArrayOutputStream();
      add(repetitive, deflater, deflated);
      if (noise.length >= MIN_BLOCK_BYTES) {
        deflater.setStrategy(Deflater.HUFFMAN_ONLY);
        newBlock(deflater, deflated);
      }
      add(skewed, deflater, deflated);
      if (noise.length >= MIN_BLOCK_BYTES) {
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

  /// A changed parameter ends the block at the next call and applies to input after that call, so
  /// that call is made without input.
  private static void newBlock(Deflater deflater, ByteArrayOutputStream to) {
    deflater.setInput(new byte[0]);
    drain(deflater, to);
  }

  private static void drain(Deflater deflater, ByteArrayOutputStream to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    int count;
    while ((count = deflater.deflate(buffer)) > 0) {
      to.write(buffer, 0, count);
    }
  }

  /// @param most the limit of inflated bytes, so that a small message cannot fill the memory
  static byte[] inflate(JsonCursor<InvalidBody> field, int most) {
    byte[] deflated = field.checked(() -> Base64.getDecoder().decode(field.text()));
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(deflated);
      return inflated(
          inflater,
          field,
          Math.clamp(EXPECTED_RATIO * (long) deflated.length, 64, BUFFER_BYTES),
          most);
    } catch (DataFormatException e) {
      throw field.invalid("is not DEFLATE: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }

  private static byte[] inflated(
      Inflater inflater, JsonCursor<InvalidBody> field, int expected, int most)
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
        throw field.invalid("ends too early");
      }
    }
    if (inflater.getRemaining() > 0) {
      throw field.invalid("has %d bytes after its end".formatted(inflater.getRemaining()));
    }
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }
}
