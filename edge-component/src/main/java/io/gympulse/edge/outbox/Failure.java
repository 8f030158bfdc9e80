package io.gympulse.edge.outbox;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What a statement that failed tells: of the outbox's file, of what it lies on, or of this
/// program.
enum Failure {
  /// The file itself is broken, so that to try again is in vain.
  DAMAGE,

  /// There is no room: for as long as that takes.
  FULL,

  /// Somebody else uses the file: until they let go.
  IN_USE,

  /// The disk or the memory fails: this may pass, or be over for a process that opens the file
  /// anew.
  FAILING,

  /// The statement itself does not suit the file. Trying it again changes nothing.
  UNSUITED;

  static Failure of(SQLException e) {
    if (!(e instanceof SQLiteException sqlite)) {
      return UNSUITED;
    }
    if (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_CORRUPTFS) {
      return DAMAGE;
    }
    return switch (SQLiteErrorCode.getErrorCode(sqlite.getErrorCode())) {
      case SQLITE_CORRUPT, SQLITE_NOTADB -> DAMAGE;
      case SQLITE_FULL -> FULL;
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> IN_USE;
      case SQLITE_IOERR,
          SQLITE_READONLY,
          SQLITE_CANTOPEN,
          SQLITE_NOMEM,
          SQLITE_NOLFS,
          SQLITE_PERM,
          SQLITE_AUTH,
          SQLITE_ABORT,
          SQLITE_INTERRUPT ->
          FAILING;
      default -> UNSUITED;
    };
  }
}
