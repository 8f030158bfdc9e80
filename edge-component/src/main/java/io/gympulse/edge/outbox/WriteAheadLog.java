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
///
/// SQLite writes the head of a new log and flushes it before it writes anything behind it. A log
/// too short for a commit is therefore empty, whatever its bytes: a loss of power may leave the
/// length on the disk without the content.
final class WriteAheadLog {
  private static final int HEAD_BYTES = 32;
  private static final int FRAME_HEAD_BYTES = 24;
  private static final int PAGE_BYTES_AT = 16;
  private static final int SMALLEST_PAGE_BYTES = 512;
  private static final int LARGEST_PAGE_BYTES = 65_536;
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
  /// @param database which it belongs to
  /// @throws SQLException of a kind that means damage, if commits are in it that cannot be read
  void requireSound(Path database) throws SQLException, IOException {
    if (!isThere() || Files.size(file) < HEAD_BYTES + FRAME_HEAD_BYTES + pageBytes(database)) {
      return;
    }
    if (!Files.exists(database) || Files.size(database) == 0) {
      throw Codes.damage("database beside the write-ahead log");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(HEAD_BYTES);
      if (head.length == HEAD_BYTES && !isHead(ByteBuffer.wrap(head))) {
        throw Codes.damage("head of a write-ahead log in " + file.getFileName());
      }
    }
  }

  /// As the database's head tells; the smallest there is if it tells none.
  private static int pageBytes(Path database) throws IOException {
    if (!Files.exists(database)) {
      return SMALLEST_PAGE_BYTES;
    }
    try (InputStream in = Files.newInputStream(database)) {
      byte[] head = in.readNBytes(PAGE_BYTES_AT + 2);
      int told =
          head.length < PAGE_BYTES_AT + 2
              ? 0
              : ByteBuffer.wrap(head).getShort(PAGE_BYTES_AT) & 0xffff;
      int bytes = told == 1 ? LARGEST_PAGE_BYTES : told;
      boolean possible = Integer.bitCount(bytes) == 1 && bytes >= SMALLEST_PAGE_BYTES;
      return possible ? bytes : SMALLEST_PAGE_BYTES;
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
