package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.api.config.ApiConfiguration;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/// The secret with which the cloud on this machine may post to members' pages, as `Authorization:
/// Bearer`: the content of a file that the cloud writes. Read at each request, since the cloud may
/// start later and replace it.
@Singleton
final class ConnectionsToken {
  private static final String SCHEME = "Bearer ";
  private static final int MIN_CHARS = 16;

  private final Path file;

  ConnectionsToken(ApiConfiguration configuration) {
    this.file = configuration.connectionsToken();
  }

  /// Compares in constant time.
  boolean matches(String authorization) {
    return authorization.startsWith(SCHEME)
        && read().filter(it -> same(it, authorization.substring(SCHEME.length()))).isPresent();
  }

  private Optional<String> read() {
    try {
      return Optional.of(Files.readString(file).strip()).filter(it -> it.length() >= MIN_CHARS);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean same(String expected, String actual) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
  }
}
