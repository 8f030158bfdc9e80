package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.api.setting.ApiConfiguration;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/// The secret that lets the cloud on this machine post to members' pages: `Authorization: Bearer`
/// and the content of a file that the cloud makes. Read at each request, since the cloud may start
/// later and make another.
@Singleton
final class ConnectionsToken {
  private static final String SCHEME = "Bearer ";
  private static final int SHORTEST = 16;

  private final Path file;

  ConnectionsToken(ApiConfiguration configuration) {
    this.file = configuration.connectionsToken();
  }

  /// Compares in constant time.
  boolean allows(String authorization) {
    return authorization.startsWith(SCHEME)
        && kept().filter(it -> same(it, authorization.substring(SCHEME.length()))).isPresent();
  }

  private Optional<String> kept() {
    try {
      return Optional.of(Files.readString(file).strip()).filter(it -> it.length() >= SHORTEST);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean same(String kept, String shown) {
    return MessageDigest.isEqual(
        kept.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
  }
}
