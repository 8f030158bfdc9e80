package io.gympulse.contract.id;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// Which process sent a batch: 1 to 16 digits and lower-case letters, drawn at random at each
/// start. The cloud copies it into its acknowledgement. Two processes with the same gateway and
/// outbox, as after a memory card was copied, recognise their own acknowledgements by it.
public record SenderId(String value) {
  /// The longest value, in characters.
  public static final int MAX_LENGTH = 16;

  private static final Pattern PATTERN = Pattern.compile("[0-9a-z]{1," + MAX_LENGTH + "}");

  public SenderId {
    if (!PATTERN.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a sender id: use 1 to %d characters of a-z and 0-9"
              .formatted(value, MAX_LENGTH));
    }
  }

  /// A random id that no other process has.
  public static SenderId random() {
    long bits = ThreadLocalRandom.current().nextLong();
    return new SenderId(Long.toUnsignedString(bits, Character.MAX_RADIX));
  }

  @Override
  public String toString() {
    return value;
  }
}
