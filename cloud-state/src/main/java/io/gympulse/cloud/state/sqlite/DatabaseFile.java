package io.gympulse.cloud.state.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gympulse.cloud.state.store.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import org.sqlite.SQLiteConfig;

/// Opens the store's file for its one writer or for readers, and brings its schema up to date.
final class DatabaseFile {
  private static final int SCHEMA = 1;
  private static final int BUSY_MILLIS = 5_000;

  private DatabaseFile() {}

  static Database openToWrite(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    Database database = open(file, config);
    int schema = version(database);
    if (schema > SCHEMA) {
      database.close();
      throw new StoreUnavailableException(
          "%s has schema %d, this program knows %d: use a newer one"
              .formatted(file, schema, SCHEMA),
          null);
    }
    if (schema < SCHEMA) {
      database.transaction(
          () -> {
            for (String statement : schemaScript().split(";\\s*\n", -1)) {
              if (!statement.isBlank()) {
                database.execute(statement);
              }
            }
            database.execute("PRAGMA user_version = " + SCHEMA);
          });
    }
    return database;
  }

  /// @throws StoreUnavailableException if there is no such file yet, or no schema in it that this
  ///     program knows
  static Database openToRead(Path file) {
    if (!Files.exists(file)) {
      throw new StoreUnavailableException(
          "%s does not exist yet; the cloud makes it when it starts".formatted(file), null);
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLIS);
    Database database = open(file, config);
    int schema = version(database);
    if (schema != SCHEMA) {
      database.close();
      throw new StoreUnavailableException(
          "%s has schema %d, this program reads %d".formatted(file, schema, SCHEMA), null);
    }
    return database;
  }

  private static Database open(Path file, SQLiteConfig config) {
    try {
      return new Database(
          DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties()));
    } catch (SQLException e) {
      throw new StoreUnavailableException(
          "%s cannot be opened: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static int version(Database database) {
    return database.query("PRAGMA user_version", row -> row.getInt(1)).getFirst();
  }

  private static String schemaScript() {
    try (InputStream script =
        Objects.requireNonNull(DatabaseFile.class.getResourceAsStream("schema-1.sql"))) {
      return new String(script.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
