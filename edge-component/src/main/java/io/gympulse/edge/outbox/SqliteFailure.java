package io.gympulse.edge.outbox;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Why a statement failed, and so whether it is worth a retry.
enum SqliteFailure {
  /// The file itself is damaged: no retry can succeed.
  CORRUPT,

  /// The disk is full: retry for as long as that lasts.
  DISK_FULL,

  /// Another connection holds the file: retry until it lets go.
  BUSY,

  /// The disk or the memory fails. This may pass, or be over for a process that opens the file
  /// anew.
  IO_ERROR,

  /// The statement does not suit the file, or is wrong. A retry changes nothing.
  PERMANENT;

  static SqliteFailure of(SQLException e) {
    if (!(e instanceof SQLiteException sqlite)) {
      return PERMANENT;
    }
    if (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_CORRUPTFS) {
      return CORRUPT;
    }
    return switch (SQLiteErrorCode.getErrorCode(sqlite.getErrorCode())) {
      case SQLITE_CORRUPT, SQLITE_NOTADB -> CORRUPT;
      case SQLITE_FULL -> DISK_FULL;
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> BUSY;
      case SQLITE_IOERR,
          SQLITE_READONLY,
          SQLITE_CANTOPEN,
          SQLITE_NOMEM,
          SQLITE_NOLFS,
          SQLITE_PERM,
          SQLITE_AUTH,
          SQLITE_ABORT,
          SQLITE_INTERRUPT ->
          IO_ERROR;
      default -> PERMANENT;
    };
  }

  /// Reports content that only a damaged file can have, as a failure of kind [#CORRUPT].
  static SQLException corrupt(String what) {
    return new SQLiteException(what, SQLiteErrorCode.SQLITE_CORRUPT);
  }
}
