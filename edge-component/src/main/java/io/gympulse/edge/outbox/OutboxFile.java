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

/// Opens the outbox's file: checks it, creates or migrates its tables, and moves a damaged file
/// aside.
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
  private final OutboxSettings.FileSettings settings;
  private final DamageMarker marker;

  OutboxFile(Path file, OutboxSettings.FileSettings settings) {
    this.file = file;
    this.settings = settings;
    this.marker = new DamageMarker(companion("-damaged"));
  }

  /// @param setAside where the damaged file was moved, if there was one
  record Opened(OutboxDatabase database, Connection reader, Optional<Path> setAside) {}

  /// The marker to write if damage is found later.
  DamageMarker marker() {
    return marker;
  }

  /// Opens the file, or creates it. A damaged file is renamed, never deleted, and a new one
  /// created.
  Opened open(Instant now) throws SQLException, IOException {
    if (marker.exists()) {
      return opened(Optional.of(setAside(now)));
    }
    boolean exists = Files.exists(file) && Files.size(file) > 0;
    try {
      return opened(Optional.empty());
    } catch (SQLException e) {
      if (SqliteFailure.of(e) != SqliteFailure.CORRUPT && !(exists && contradictsSchema(e))) {
        throw e;
      }
      return opened(Optional.of(setAside(now)));
    }
  }

  private Opened opened(Optional<Path> setAside) throws SQLException, IOException {
    WriteAheadLog log = new WriteAheadLog(companion("-wal"));
    log.verify(file);
    requireWritableFormat();
    boolean logExists = log.exists();
    Connection writer = connect();
    try {
      check(writer);
      prepareSchema(writer);
      OutboxDatabase database = new OutboxDatabase(writer);
      database.open(logExists);
      return new Opened(database, connect(), setAside);
    } catch (SQLException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  /// SQLite opens a file whose header asks for a later format version read-only, and then fails as
  /// if the folder forbade writing. No outbox asks for that: such a header is damaged.
  private void requireWritableFormat() throws SQLException, IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] header = in.readNBytes(WRITE_VERSION_AT + 1);
      if (header.length > WRITE_VERSION_AT && (header[WRITE_VERSION_AT] & 0xff) > WAL_FORMAT) {
        throw SqliteFailure.corrupt("no outbox has format " + header[WRITE_VERSION_AT]);
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
      String result = row.next() ? row.getString(1) : "no answer";
      if (!result.equals("ok")) {
        throw new SQLiteException(result, SQLiteErrorCode.SQLITE_CORRUPT);
      }
    }
  }

  private void prepareSchema(Connection connection) throws SQLException {
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
      schema.migrate();
    }
    schema.verify();
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

  /// Whether a statement that suits every sound file failed on this one.
  private static boolean contradictsSchema(SQLException e) {
    return e instanceof SQLiteException
        && switch (SQLiteErrorCode.getErrorCode(e.getErrorCode())) {
          case SQLITE_ERROR, SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_FORMAT ->
              true;
          default -> false;
        };
  }
}
