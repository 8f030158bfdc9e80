package io.gympulse.cloud.core.count;

import java.util.UUID;

/// Names an item for ever: the same body's same place.
///
/// @param body the body it came in, as in [io.gympulse.cloud.core.raw.RawKey#id()]
/// @param index its place in that body, from 0
public record ItemId(UUID body, int index) {
  public ItemId {
    if (index < 0) {
      throw new IllegalArgumentException("index %d is negative".formatted(index));
    }
  }

  /// Reads what [#toString()] writes.
  ///
  /// @throws IllegalArgumentException if the text is anything else
  public static ItemId parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("'%s' is not <uuid>/<index>".formatted(text));
    }
    return new ItemId(
        UUID.fromString(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  @Override
  public String toString() {
    return body + "/" + index;
  }
}
