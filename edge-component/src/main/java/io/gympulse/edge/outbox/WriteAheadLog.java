package io.gympulse.edge.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/// The file beside the database that holds what was committed last. SQLite takes one that it cannot
/// read for an empty one, and so would forget events and give their numbers again; to this it must
/// not come.
final class WriteAheadLog {
  private static final int HEAD_BYTES = 32;
  private static final int MAGIC = 0x377f0682;

  private final Path file;

  WriteAheadLog(Path file) {
    this.file = file;
  }

  boolean isThere() {
    return Files.exists(file);
  }

  /// To be asked before SQLite opens the database.
  ///
  /// @param databaseBytes size of the database it belongs to
  /// @throws SQLException of a kind that means damage, if commits are in it that cannot be read
  void requireSound(long databaseBytes) throws SQLException, IOException {
    if (!isThere() || Files.size(file) == 0) {
      return;
    }
    if (databaseBytes == 0) {
      throw Codes.damage("database beside the write-ahead log");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(HEAD_BYTES);
      if (head.length == HEAD_BYTES && !isHead(ByteBuffer.wrap(head))) {
        throw Codes.damage("head of a write-ahead log in " + file.getFileName());
      }
    }
  }

  /// Magic number and checksum as in SQLite's file format, "The Write-Ahead Log". The magic
  /// number's last bit tells the order of bytes that the checksum was made in.
  private static boolean isHead(ByteBuffer head) {
    int magic = head.getInt(0);
    if ((magic & ~1) != MAGIC) {
      return false;
    }
    int first = 0;
    int second = 0;
    for (int at = 0; at < HEAD_BYTES - 8; at += 8) {
      first += word(head, at, magic) + second;
      second += word(head, at + 4, magic) + first;
    }
    return first == head.getInt(HEAD_BYTES - 8) && second == head.getInt(HEAD_BYTES - 4);
  }

  private static int word(ByteBuffer head, int at, int magic) {
    int big = head.getInt(at);
    return (magic & 1) == 1 ? big : Integer.reverseBytes(big);
  }
}
