package io.gympulse.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/// A secret made at the first start, kept in the data directory, readable by its owner only: what
/// signs posts to the operators' webhook, what the API asks for. The file is whole or not there.
final class SecretFile {

  private static final int BYTES = 32;
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private SecretFile() {}

  static String ensure(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] drawn = new byte[BYTES];
      new SecureRandom().nextBytes(drawn);
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      boolean _ = Files.deleteIfExists(draft);
      Files.createFile(draft, OWNER_ONLY);
      Files.writeString(draft, HexFormat.of().formatHex(drawn) + "\n");
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }
}
