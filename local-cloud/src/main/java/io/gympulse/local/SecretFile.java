package io.gympulse.local;

import io.gympulse.process.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file with a shared secret, such as the key that signs requests to the operators' webhook:
/// created at the first start, in the data directory, readable by its owner only.
final class SecretFile {

  private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);
  private static final int BYTES = 32;

  private SecretFile() {}

  /// Reads or creates the secret. An empty or truncated file, as a power failure may leave it, is
  /// renamed and replaced, which is logged.
  static String ensure(Path file) throws IOException {
    if (Files.exists(file)) {
      String existing = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
      if (existing.length() >= 2 * BYTES) {
        DurableFile.ensurePrivate(file);
        return existing;
      }
      Path damaged = file.resolveSibling(file.getFileName() + ".damaged");
      DurableFile.rename(file, damaged);
      LOG.warn("{} is damaged: it is renamed to {} and replaced", file, damaged.getFileName());
    }
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String secret = HexFormat.of().formatHex(random);
    DurableFile.write(file, secret + "\n");
    return secret;
  }
}
