package io.gympulse.cloud.pipeline;

import io.gympulse.cloud.http.Asked;
import io.gympulse.cloud.http.Fault;
import io.gympulse.cloud.http.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// What a request calls itself: the sender's `Idempotency-Key`, or else the API's name of the
/// request. The same name is the same request, sent again.
///
/// @param value 1 to 255 printable ASCII characters
/// @param repeated whether the request may have come before
record RequestName(String value, boolean repeated) {
  static final String HEADER = "Idempotency-Key";
  private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1,255}");

  /// @throws Refusal if the header is there and not usable
  static RequestName of(Asked asked) {
    Optional<String> given = asked.header(HEADER);
    if (given.isPresent() && !PRINTABLE.matcher(given.get()).matches()) {
      throw new Refusal(
          Fault.invalid(HEADER, "1 to 255 printable ASCII characters are needed, such as a UUID"));
    }
    return given
        .map(it -> new RequestName(it, true))
        .or(() -> asked.id().map(it -> new RequestName(it, false)))
        .orElseThrow(() -> new IllegalStateException("the HTTP API names its requests"));
  }

  /// A UUID that only this name has (version 8: the first 16 bytes of the name's SHA-256).
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
