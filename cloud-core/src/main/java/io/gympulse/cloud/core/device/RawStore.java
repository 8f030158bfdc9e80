package io.gympulse.cloud.core.device;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/// Stores raw bodies permanently; a stored body is never replaced. Methods throw
/// [io.gympulse.cloud.core.store.StoreUnavailableException] while the store cannot be used. Safe
/// for any number of threads.
public interface RawStore {
  /// The name of a raw body, written `raw/<date>-<uuid>.json`.
  ///
  /// @param date the UTC date of its arrival
  /// @param id unique among the bodies of all dates
  record RawKey(LocalDate date, UUID id) {
    /// The key of the same body for another arrival date.
    public RawKey on(LocalDate other) {
      return new RawKey(other, id);
    }

    @Override
    public String toString() {
      return "raw/" + date + "-" + id + ".json";
    }
  }

  /// Stores the body unless another is stored under the key. Durable when this returns true.
  ///
  /// @return whether the body stored under the key is this one; false leaves the other untouched
  boolean put(RawKey key, byte[] body);

  Optional<byte[]> get(RawKey key);
}
