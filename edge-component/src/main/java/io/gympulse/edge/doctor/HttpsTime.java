package io.gympulse.edge.doctor;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// The time of an HTTPS server, in whole seconds, from the header `Date` of any answer.
///
/// @param address of the server
record HttpsTime(URI address, Duration timeout) implements Supplier<Optional<Instant>> {

  /// The server on HTTPS's port at the cloud's host.
  static Supplier<Optional<Instant>> of(String host, Duration timeout) {
    try {
      return new HttpsTime(new URI("https", host, "/", null), timeout);
    } catch (URISyntaxException e) {
      return Optional::empty;
    }
  }

  /// Blocks for up to twice the timeout.
  ///
  /// @return empty if there is no answer, or no authenticated one
  @Override
  public Optional<Instant> get() {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      int millis = Math.toIntExact(timeout.toMillis());
      connection.setConnectTimeout(millis);
      connection.setReadTimeout(millis);
      connection.setRequestMethod("HEAD");
      connection.setInstanceFollowRedirects(false);
      try {
        long date = connection.getDate();
        return date == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(date));
      } finally {
        connection.disconnect();
      }
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
