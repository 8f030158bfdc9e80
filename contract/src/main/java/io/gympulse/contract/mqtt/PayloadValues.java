package io.gympulse.contract.mqtt;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/// The values of a payload that have the same meaning. They are compared as texts without regard to
/// case, and numbers by their value: `1.0` equals `1`. A boolean or a number in JSON is compared as
/// its text. The empty text is a value too: some devices send it after an event. Immutable.
///
/// @param texts as the device writes them
public record PayloadValues(List<String> texts) {
  private static final int LONGEST = 100;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");

  /// @throws IllegalArgumentException if a text has blanks around it or is too long
  public PayloadValues {
    texts = List.copyOf(texts);
    for (String text : texts) {
      if (text.length() > LONGEST || !text.equals(text.strip())) {
        throw new IllegalArgumentException(
            "'%s' is longer than %d or has blanks around it; give what the device writes"
                .formatted(text.length() > LONGEST ? text.substring(0, LONGEST) : text, LONGEST));
      }
    }
  }

  public static PayloadValues of(String... texts) {
    return new PayloadValues(List.of(texts));
  }

  /// @param value what a payload holds, without surrounding blanks
  public boolean contains(String value) {
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i).equalsIgnoreCase(value) || sameNumber(texts.get(i), value)) {
        return true;
      }
    }
    return false;
  }

  public boolean isEmpty() {
    return texts.isEmpty();
  }

  /// Refuses values that would have both of two opposite meanings.
  void requireApartFrom(PayloadValues other, String what) {
    texts.stream()
        .filter(other::contains)
        .findFirst()
        .ifPresent(
            it -> {
              throw new IllegalArgumentException(
                  "'%s' cannot mean both %s; leave it in one of them".formatted(it, what));
            });
  }

  /// Whether no value is contained in both.
  boolean isApartFrom(PayloadValues other) {
    return texts.stream().noneMatch(other::contains);
  }

  /// The values without those that are contained in the other ones.
  public PayloadValues without(PayloadValues other) {
    return new PayloadValues(texts.stream().filter(it -> !other.contains(it)).toList());
  }

  private static boolean sameNumber(String one, String other) {
    return isNumber(other)
        && isNumber(one)
        && new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
  }

  /// Whether the text is a number in decimal notation, of reasonable length.
  public static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST
        && text.charAt(0) <= '9'
        && NUMBER.matcher(text).matches();
  }
}
