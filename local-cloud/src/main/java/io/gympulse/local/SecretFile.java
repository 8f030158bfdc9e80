package io.gympulse.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/// A secret that this process shares with another, such as the key that signs what is posted to the
/// operators' webhook: made at the first start, kept in the data directory, readable by its owner
/// only.
final class SecretFile {

  private static final int BYTES = 32;

  private SecretFile() {}

  static String ensure(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] drawn = new byte[BYTES];
      new SecureRandom().nextBytes(drawn);
      FileAttribute<?> ownerOnly =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      Files.createFile(file, ownerOnly);
      Files.writeString(file, HexFormat.of().formatHex(drawn) + "\n");
    }
    return Files.readString(file).strip();
  }
}
