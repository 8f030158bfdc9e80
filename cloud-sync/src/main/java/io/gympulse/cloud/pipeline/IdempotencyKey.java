package io.gympulse.cloud.pipeline;

import io.gympulse.cloud.http.ApiError;
import io.gympulse.cloud.http.ApiError.RejectedException;
import io.gympulse.cloud.http.Request;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// Identifies a request: the sender's `Idempotency-Key`, or else the API's request id. A request
/// with the same key is a repetition.
///
/// @param value 1 to 255 printable ASCII characters
/// @param mayBeRepeated whether the request may be a repetition
record IdempotencyKey(String value, boolean mayBeRepeated) {
  static final String HEADER = "Idempotency-Key";
  private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1,255}");

  /// @throws RejectedException if the header is present and invalid
  static IdempotencyKey of(Request request) {
    Optional<String> given = request.header(HEADER);
    if (given.isPresent() && !PRINTABLE.matcher(given.get()).matches()) {
      throw new RejectedException(
          ApiError.invalid(
              HEADER, "1 to 255 printable ASCII characters are needed, such as a UUID"));
    }
    return given
        .map(it -> new IdempotencyKey(it, true))
        .or(() -> request.id().map(it -> new IdempotencyKey(it, false)))
        .orElseThrow(() -> new IllegalStateException("the HTTP API gives no request id"));
  }

  /// A UUID derived from this key (version 8: the first 16 bytes of the key's SHA-256).
  UUID id() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.wrap(hash);
      long high = (bytes.getLong() & ~0xf000L) | 0x8000L;
      long low = (bytes.getLong() & ~(0xc0L << 56)) | (0x80L << 56);
      return new UUID(high, low);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
