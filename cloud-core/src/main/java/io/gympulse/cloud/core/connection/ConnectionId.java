package io.gympulse.cloud.core.connection;

import java.util.regex.Pattern;

/// The id of a stream connection, as its holder names it: 1 to 128 printable ASCII characters
/// without blanks. Any other value is refused with an [IllegalArgumentException].
public record ConnectionId(String value) implements Comparable<ConnectionId> {
  private static final Pattern FORM = Pattern.compile("[!-~]{1,128}");

  public ConnectionId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a connection id has 1 to 128 printable ASCII characters without blanks");
    }
  }

  @Override
  public int compareTo(ConnectionId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
