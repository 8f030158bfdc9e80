package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.device.RawStore;
import io.gympulse.cloud.core.device.RawStore.RawKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Raw bodies in a map, behind one lock.
public final class InMemoryRawStore implements RawStore {
  private final Map<RawKey, byte[]> bodies = new HashMap<>();

  @Override
  public synchronized boolean put(RawKey key, byte[] body) {
    byte[] kept = bodies.computeIfAbsent(key, _ -> body.clone());
    return Arrays.equals(kept, body);
  }

  @Override
  public synchronized Optional<byte[]> get(RawKey key) {
    return Optional.ofNullable(bodies.get(key)).map(byte[]::clone);
  }
}
