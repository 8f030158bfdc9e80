package io.gympulse.contract.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Strings as Unicode sees them. JSON can spell half a character, a surrogate without its other
/// half (`"\ud800"`): Java holds such a text, UTF-8 cannot, and writing it fails.
public final class UnicodeText {
  private static final char REPLACEMENT = '\ufffd';

  private UnicodeText() {}

  /// Whether every surrogate has its other half.
  public static boolean isWellFormed(String text) {
    return firstLone(text, 0) == text.length();
  }

  /// The text with U+FFFD for each half character; itself if there is none.
  public static String toWellFormed(String text) {
    int lone = firstLone(text, 0);
    if (lone == text.length()) {
      return text;
    }
    StringBuilder mended = new StringBuilder(text);
    for (; lone < text.length(); lone = firstLone(text, lone + 1)) {
      mended.setCharAt(lone, REPLACEMENT);
    }
    return mended.toString();
  }

  /// The text, well formed and of at most so many chars, its end replaced by `...` if it was
  /// longer.
  ///
  /// @param most at least 3
  public static String abridged(String text, int most) {
    return toWellFormed(text.length() <= most ? text : text.substring(0, most - 3) + "...");
  }

  /// The text that the bytes are in UTF-8. A parser of JSON may take other encodings for granted,
  /// or overlook a bad byte in a name that it has seen without it: what several readers have to
  /// read alike is decoded first.
  ///
  /// @throws CharacterCodingException if they are no UTF-8
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
