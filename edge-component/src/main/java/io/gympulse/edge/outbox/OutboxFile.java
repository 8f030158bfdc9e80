package io.gympulse.edge.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The outbox's file: opened, checked, given its schema, and set aside if it is damaged.
final class OutboxFile {
  private static final List<String> COMPANIONS = List.of("", "-wal", "-shm", "-damaged");
  private static final int WRITE_VERSION_AT = 18;
  private static final int WAL_FORMAT = 2;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private static final Properties PROPERTIES = new Properties();

  static {
    PROPERTIES.setProperty("jdbc.get_generated_keys", "false");
  }

  private final Path file;
  private final FileSettings settings;
  private final DamageMarker marker;

  OutboxFile(Path file, FileSettings settings) {
    this.file = file;
    this.settings = settings;
    this.marker = new DamageMarker(companion("-damaged"));
  }

  /// @param setAside where the damaged file is now, if there was one
  record Opened(OutboxDatabase database, Connection reader, Optional<Path> setAside) {}

  /// What to leave if damage shows later.
  DamageMarker marker() {
    return marker;
  }

  /// Opens the file, or makes it. A damaged one is renamed, never deleted, and a new one begun.
  Opened open(Instant now) throws SQLException, IOException {
    if (marker.isThere()) {
      return opened(Optional.of(setAside(now)));
    }
    boolean old = Files.exists(file) && Files.size(file) > 0;
    try {
      return opened(Optional.empty());
    } catch (SQLException e) {
      if (Failure.of(e) != Failure.DAMAGE && !(old && isContradiction(e))) {
        throw e;
      }
      return opened(Optional.of(setAside(now)));
    }
  }

  private Opened opened(Optional<Path> setAside) throws SQLException, IOException {
    WriteAheadLog log = new WriteAheadLog(companion("-wal"));
    log.requireSound(file);
    requireWritableFormat();
    boolean logIsThere = log.isThere();
    Connection writer = connect();
    try {
      check(writer);
      giveSchema(writer);
      OutboxDatabase database = new OutboxDatabase(writer);
      database.begin(logIsThere);
      return new Opened(database, connect(), setAside);
    } catch (SQLException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  /// SQLite takes a file whose head asks for a later version of its format for one that must not be
  /// written to, as if the folder forbade it. Files of ours never ask for that.
  private void requireWritableFormat() throws SQLException, IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(WRITE_VERSION_AT + 1);
      if (head.length > WRITE_VERSION_AT && (head[WRITE_VERSION_AT] & 0xff) > WAL_FORMAT) {
        throw Codes.damage("format " + head[WRITE_VERSION_AT] + " of an outbox");
      }
    }
  }

  private Connection connect() throws SQLException {
    Connection connection = JDBC.createConnection(JDBC.PREFIX + file, PROPERTIES);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
      statement.execute("PRAGMA page_size = " + settings.pageBytes());
      statement.execute("PRAGMA cell_size_check = ON");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA wal_autocheckpoint = " + settings.checkpointPages());
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  private static void check(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
      String verdict = row.next() ? row.getString(1) : "no answer";
      if (!verdict.equals("ok")) {
        throw new SQLiteException(verdict, SQLiteErrorCode.SQLITE_CORRUPT);
      }
    }
  }

  private void giveSchema(Connection connection) throws SQLException {
    OutboxSchema schema = new OutboxSchema(connection);
    int version = schema.version();
    if (version > OutboxSchema.VERSION) {
      throw new OutboxException(
          ("outbox %s has schema %d, this gateway knows up to %d: start the newer gateway, or give "
                  + "this one another dataDir")
              .formatted(file, version, OutboxSchema.VERSION));
    }
    connection.setAutoCommit(false);
    if (version < OutboxSchema.VERSION) {
      schema.bringUp();
    }
    schema.requireSound();
  }

  private Path companion(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private Path setAside(Instant now) throws IOException {
    String suffix = ".corrupt-" + STAMP.format(now);
    for (String companion : COMPANIONS) {
      Path part = companion(companion);
      if (Files.exists(part)) {
        Files.move(part, file.resolveSibling(file.getFileName() + suffix + companion));
      }
    }
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /// Whether statements that suit every file of ours do not suit this one.
  private static boolean isContradiction(SQLException e) {
    return e instanceof SQLiteException
        && switch (SQLiteErrorCode.getErrorCode(e.getErrorCode())) {
          case SQLITE_ERROR, SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_FORMAT ->
              true;
          default -> false;
        };
  }
}
