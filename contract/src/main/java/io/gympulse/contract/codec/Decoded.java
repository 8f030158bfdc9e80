package io.gympulse.contract.codec;

import io.gympulse.contract.message.Rejection;
import java.util.Optional;

/// What became of a body that was to be decoded.
public sealed interface Decoded<T> {

  record Valid<T>(T value) implements Decoded<T> {}

  /// @param about for a batch whose header could be read: what it was about
  record Invalid<T>(Rejection rejection, Optional<Addressing> about) implements Decoded<T> {}
}
