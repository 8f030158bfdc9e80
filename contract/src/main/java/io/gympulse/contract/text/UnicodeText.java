package io.gympulse.contract.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Checks for lone surrogates. JSON can spell a surrogate without its other half (`"\ud800"`): a
/// Java string can hold it, UTF-8 cannot, and encoding it fails.
public final class UnicodeText {
  private static final char REPLACEMENT = '\ufffd';

  private UnicodeText() {}

  /// Whether every surrogate is part of a pair.
  public static boolean isWellFormed(String text) {
    return firstLone(text, 0) == text.length();
  }

  /// The text with U+FFFD for each lone surrogate; the text itself if there is none.
  public static String toWellFormed(String text) {
    int lone = firstLone(text, 0);
    if (lone == text.length()) {
      return text;
    }
    StringBuilder repaired = new StringBuilder(text);
    for (; lone < text.length(); lone = firstLone(text, lone + 1)) {
      repaired.setCharAt(lone, REPLACEMENT);
    }
    return repaired.toString();
  }

  /// The text, well formed, and cut to `most` chars with `...` at its end if it is longer.
  ///
  /// @param most at least 3
  public static String abridged(String text, int most) {
    return toWellFormed(text.length() <= most ? text : text.substring(0, most - 3) + "...");
  }

  /// Decodes UTF-8 strictly. A JSON parser may guess another encoding, or miss an invalid byte in a
  /// field name that it has cached: bytes that several readers have to read alike are decoded
  /// first.
  ///
  /// @throws CharacterCodingException if the bytes are not UTF-8
  public static String ofUtf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static int firstLone(String text, int from) {
    int at = from;
    while (at < text.length()) {
      if (!Character.isSurrogate(text.charAt(at))) {
        at++;
      } else if (isLone(text, at)) {
        return at;
      } else {
        at += 2;
      }
    }
    return at;
  }

  /// @param at not within a pair
  private static boolean isLone(String text, int at) {
    char first = text.charAt(at);
    return Character.isLowSurrogate(first)
        || (Character.isHighSurrogate(first)
            && (at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))));
  }
}
