package io.gympulse.edge.sensing.mqtt;

import java.util.regex.Pattern;

/// Numbers that JSON does not have, such as `nan` and `-inf`, as devices write them that print a
/// floating-point number without checking it.
final class NonFiniteNumbers {
  private static final Pattern FORM =
      Pattern.compile("[+-]?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);
  private static final int LONGEST = "+infinity".length();

  private NonFiniteNumbers() {}

  static boolean isOne(String text) {
    return text.length() <= LONGEST && FORM.matcher(text).matches();
  }

  /// The JSON text with `null` for each such number outside of strings; unchanged if there is none.
  static String toNull(String json) {
    StringBuilder changed = new StringBuilder(json.length());
    int at = 0;
    while (at < json.length()) {
      int end = end(json, at);
      String token = json.substring(at, end);
      changed.append(isOne(token) ? "null" : token);
      at = end;
    }
    return changed.toString();
  }

  /// The end of the string, word or number, or of the single other character, that begins here.
  private static int end(String json, int from) {
    if (json.charAt(from) == '"') {
      return endOfString(json, from);
    }
    int end = from;
    while (end < json.length() && isPartOfWord(json.charAt(end))) {
      end++;
    }
    return Math.max(end, from + 1);
  }

  private static int endOfString(String json, int from) {
    for (int i = from + 1; i < json.length(); i++) {
      if (json.charAt(i) == '\\') {
        i++;
      } else if (json.charAt(i) == '"') {
        return i + 1;
      }
    }
    return json.length();
  }

  private static boolean isPartOfWord(char it) {
    return Character.isLetterOrDigit(it) || it == '+' || it == '-' || it == '.' || it == '_';
  }
}
