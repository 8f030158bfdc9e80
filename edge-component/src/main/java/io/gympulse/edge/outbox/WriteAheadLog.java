package io.gympulse.edge.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/// SQLite's write-ahead log, the file beside the database that holds the last commits. SQLite
/// treats a log with an unreadable header as empty, which would lose events and assign their
/// numbers twice. [#verify] rejects such a log.
///
/// SQLite writes and flushes the header of a new log before anything else. A log too short for a
/// commit is therefore empty, whatever its bytes: a loss of power may leave the length on the disk
/// without the content.
final class WriteAheadLog {
  private static final int HEADER_BYTES = 32;
  private static final int FRAME_HEADER_BYTES = 24;
  private static final int PAGE_BYTES_AT = 16;
  private static final int SMALLEST_PAGE_BYTES = 512;
  private static final int LARGEST_PAGE_BYTES = 65_536;
  private static final int MAGIC = 0x377f0682;

  private final Path file;

  WriteAheadLog(Path file) {
    this.file = file;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /// Must be called before SQLite opens the database.
  ///
  /// @param database the file that the log belongs to
  /// @throws SQLException of kind [SqliteFailure#CORRUPT] if it holds commits that cannot be read
  void verify(Path database) throws SQLException, IOException {
    if (!exists() || Files.size(file) < HEADER_BYTES + FRAME_HEADER_BYTES + pageBytes(database)) {
      return;
    }
    if (!Files.exists(database) || Files.size(database) == 0) {
      throw SqliteFailure.corrupt("no database beside the write-ahead log");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] header = in.readNBytes(HEADER_BYTES);
      if (header.length == HEADER_BYTES && !isHeader(ByteBuffer.wrap(header))) {
        throw SqliteFailure.corrupt("no write-ahead log header in " + file.getFileName());
      }
    }
  }

  /// The page size by the database's header; the smallest possible if it has none.
  private static int pageBytes(Path database) throws IOException {
    if (!Files.exists(database)) {
      return SMALLEST_PAGE_BYTES;
    }
    try (InputStream in = Files.newInputStream(database)) {
      byte[] header = in.readNBytes(PAGE_BYTES_AT + 2);
      int stored =
          header.length < PAGE_BYTES_AT + 2
              ? 0
              : ByteBuffer.wrap(header).getShort(PAGE_BYTES_AT) & 0xffff;
      int bytes = stored == 1 ? LARGEST_PAGE_BYTES : stored;
      boolean possible = Integer.bitCount(bytes) == 1 && bytes >= SMALLEST_PAGE_BYTES;
      return possible ? bytes : SMALLEST_PAGE_BYTES;
    }
  }

  /// Checks magic number and checksum as in SQLite's file format, "The Write-Ahead Log". The magic
  /// number's last bit gives the byte order of the checksum.
  private static boolean isHeader(ByteBuffer header) {
    int magic = header.getInt(0);
    if ((magic & ~1) != MAGIC) {
      return false;
    }
    int first = 0;
    int second = 0;
    for (int at = 0; at < HEADER_BYTES - 8; at += 8) {
      first += word(header, at, magic) + second;
      second += word(header, at + 4, magic) + first;
    }
    return first == header.getInt(HEADER_BYTES - 8) && second == header.getInt(HEADER_BYTES - 4);
  }

  private static int word(ByteBuffer header, int at, int magic) {
    int big = header.getInt(at);
    return (magic & 1) == 1 ? big : Integer.reverseBytes(big);
  }
}
