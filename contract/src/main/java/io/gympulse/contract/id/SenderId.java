package io.gympulse.contract.id;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// Which process sent a batch, drawn anew at each start: 1 to 16 digits and small letters. The
/// cloud repeats it in its acknowledgement. Two processes that share an identity, as after a card
/// was copied, tell by it which answers are theirs.
public record SenderId(String value) {
  /// The longest value, in characters.
  public static final int MAX_LENGTH = 16;

  private static final Pattern PATTERN = Pattern.compile("[0-9a-z]{1," + MAX_LENGTH + "}");

  public SenderId {
    if (!PATTERN.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no sender id: use 1 to %d characters of a-z and 0-9"
              .formatted(value, MAX_LENGTH));
    }
  }

  /// One that no other process has.
  public static SenderId random() {
    long bits = ThreadLocalRandom.current().nextLong();
    return new SenderId(Long.toUnsignedString(bits, Character.MAX_RADIX));
  }

  @Override
  public String toString() {
    return value;
  }
}
