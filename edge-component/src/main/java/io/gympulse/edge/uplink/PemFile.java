package io.gympulse.edge.uplink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The blocks of a PEM file (RFC 7468), without decrypting any.
///
/// @param blocks in the file's order, at least one
record PemFile(Path path, List<Block> blocks) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final Pattern HEADERS = Pattern.compile("(?m)^[A-Za-z-]+:.*$");
  private static final int LINE = 64;
  private static final int MAX_BYTES = 256 << 10;
  private static final int DER_SEQUENCE = 0x30;

  /// One block.
  static final class Block {
    private final String label;
    private final byte[] der;
    private final boolean encrypted;

    private Block(String label, byte[] der, boolean encrypted) {
      this.label = label;
      this.der = der;
      this.encrypted = encrypted;
    }

    /// Such as `CERTIFICATE`.
    String label() {
      return label;
    }

    byte[] der() {
      return der.clone();
    }

    /// Whether it is encrypted as a whole, by a password.
    boolean encrypted() {
      return encrypted;
    }
  }

  PemFile {
    blocks = List.copyOf(blocks);
  }

  /// @param bytes the file's content
  /// @param wanted what the file should have, such as "the gateway's certificate"
  static PemFile parse(Path path, byte[] bytes, String wanted) throws CredentialsException {
    List<Block> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    while (block.find()) {
      blocks.add(block(path, block.group(1), block.group(2)));
    }
    if (blocks.isEmpty()) {
      boolean binary = bytes.length > 0 && bytes[0] == DER_SEQUENCE;
      throw new CredentialsException(
          binary
              ? "%s is not PEM but binary (DER or PKCS#12); convert it by openssl to PEM"
                  .formatted(path)
              : "%s has no PEM block; put %s there".formatted(path, wanted));
    }
    return new PemFile(path, blocks);
  }

  /// The file's content.
  ///
  /// @param wanted what the file should have
  static byte[] bytes(Path path, String wanted) throws CredentialsException {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new CredentialsException(
            "%s is longer than %d bytes; put %s there".formatted(path, MAX_BYTES, wanted));
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new CredentialsException(
          "%s cannot be read (%s); put %s there, readable by the gateway's user"
              .formatted(path, e, wanted));
    }
  }

  /// An old form of encryption is stated in headers, the newer one by the label.
  private static Block block(Path path, String label, String body) throws CredentialsException {
    boolean encrypted = label.startsWith("ENCRYPTED") || body.contains("ENCRYPTED");
    try {
      byte[] der = Base64.getMimeDecoder().decode(HEADERS.matcher(body).replaceAll(""));
      return new Block(label, der, encrypted);
    } catch (IllegalArgumentException e) {
      throw new CredentialsException(
          "%s is damaged: its block %s is not Base64; copy the file again".formatted(path, label));
    }
  }

  /// A PEM file with one block.
  static String text(String label, byte[] der) {
    String body =
        Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, body, label);
  }

  /// An element of DER with that tag.
  static byte[] element(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
      int zeros = Integer.numberOfLeadingZeros(length) / Byte.SIZE;
      out.write(0x80 | (Integer.BYTES - zeros));
      out.write(bytes, zeros, Integer.BYTES - zeros);
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
