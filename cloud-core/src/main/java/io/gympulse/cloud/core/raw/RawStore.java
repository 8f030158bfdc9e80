package io.gympulse.cloud.core.raw;

import java.util.Optional;

/// Keeps raw bodies for ever; nothing kept is ever replaced. Methods throw
/// [io.gympulse.cloud.core.store.StoreUnavailableException] while the store cannot be used. Safe
/// for any number of threads.
public interface RawStore {

  /// Keeps the body unless another is kept under the key. It is durable when this returns true.
  ///
  /// @return whether what is kept under the key is this body; false leaves the other one untouched
  boolean put(RawKey key, byte[] body);

  Optional<byte[]> get(RawKey key);
}
