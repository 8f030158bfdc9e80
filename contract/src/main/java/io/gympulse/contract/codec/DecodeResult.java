package io.gympulse.contract.codec;

import io.gympulse.contract.codec.BatchCodec.BatchHeader;
import io.gympulse.contract.message.Rejection;
import java.util.Optional;

/// The result of decoding a body.
public sealed interface DecodeResult<T> {

  record Valid<T>(T value) implements DecodeResult<T> {}

  /// @param header of a batch whose header could be read
  record Invalid<T>(Rejection rejection, Optional<BatchHeader> header) implements DecodeResult<T> {}
}
