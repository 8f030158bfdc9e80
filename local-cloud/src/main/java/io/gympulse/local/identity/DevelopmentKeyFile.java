package io.gympulse.local.identity;

import io.gympulse.cloud.api.identity.DevelopmentKey;
import io.gympulse.process.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The file with the key that signs tokens for development, readable by its owner only.
public final class DevelopmentKeyFile {
  private DevelopmentKeyFile() {}

  /// Reads the key, or creates it.
  ///
  /// @throws IOException if the file cannot be used; the message says what to do
  public static DevelopmentKey ensure(Path file) throws IOException {
    if (Files.exists(file)) {
      return read(file);
    }
    DevelopmentKey key = DevelopmentKey.generate();
    DurableFile.write(file, key.encode() + "\n");
    return key;
  }

  /// Reads the key.
  ///
  /// @throws IOException if there is none; the message says what to do
  public static DevelopmentKey read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(
          "%s does not exist; start the cloud with this --data once, without --oidc-issuer"
              .formatted(file));
    }
    DurableFile.ensurePrivate(file);
    try {
      return DevelopmentKey.decode(Files.readString(file).strip());
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s is damaged (%s); delete it, and start the cloud again"
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
