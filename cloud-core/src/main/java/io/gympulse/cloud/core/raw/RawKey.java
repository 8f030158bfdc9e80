package io.gympulse.cloud.core.raw;

import java.time.LocalDate;
import java.util.UUID;

/// The name of a raw body, written `raw/<date>-<uuid>.json`.
///
/// @param date the UTC date of its arrival
/// @param id what tells it from the others of all dates
public record RawKey(LocalDate date, UUID id) {

  /// The same body, had it come on another date.
  public RawKey on(LocalDate other) {
    return new RawKey(other, id);
  }

  @Override
  public String toString() {
    return "raw/" + date + "-" + id + ".json";
  }
}
