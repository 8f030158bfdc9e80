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

/// A secret that this process shares with another, such as the key that signs what is posted to the
/// operators' webhook: made at the first start, kept in the data directory, readable by its owner
/// only.
final class SecretFile {

  private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);
  private static final int BYTES = 32;

  private SecretFile() {}

  /// The secret. One that is empty or cut off is made anew, since a file that lost its content to a
  /// loss of power protects nothing; the log names it then.
  static String ensure(Path file) throws IOException {
    if (Files.exists(file)) {
      String kept = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
      if (kept.length() >= 2 * BYTES) {
        DurableFile.ensurePrivate(file);
        return kept;
      }
      Path aside = file.resolveSibling(file.getFileName() + ".damaged");
      DurableFile.rename(file, aside);
      LOG.warn("{} is damaged: it is set aside as {} and made anew", file, aside.getFileName());
    }
    byte[] drawn = new byte[BYTES];
    new SecureRandom().nextBytes(drawn);
    String secret = HexFormat.of().formatHex(drawn);
    DurableFile.write(file, secret + "\n");
    return secret;
  }
}
