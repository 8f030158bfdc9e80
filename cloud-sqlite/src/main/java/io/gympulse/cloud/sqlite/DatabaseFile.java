package io.gympulse.cloud.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.process.DurableFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.sqlite.SQLiteConfig;

/// Opens the store's file for its one writer or for readers, and brings its schema up to date.
final class DatabaseFile {
  private static final int SCHEMA = 14;
  private static final int BUSY_MILLIS = 5_000;

  private DatabaseFile() {}

  /// The numbered migration scripts `<name>-1.sql`, `<name>-2.sql` ... of a file.
  record Schema(String name, int latest) {}

  /// Opens the cloud's store.
  static Database openToWrite(Path file) {
    return openToWrite(file, new Schema("schema", SCHEMA));
  }

  static Database openToWrite(Path file, Schema schema) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    keepPrivate(file);
    return open(file, config, database -> bringUpToDate(file, database, schema));
  }

  /// SQLite creates `-wal` and `-shm` with the permissions of the database file.
  private static void keepPrivate(Path file) {
    try {
      DurableFile.ensurePrivate(file);
      for (String companion : List.of("-wal", "-shm")) {
        Path beside = file.resolveSibling(file.getFileName() + companion);
        if (Files.exists(beside)) {
          DurableFile.ensurePrivate(beside);
        }
      }
    } catch (IOException e) {
      throw new StoreUnavailableException("%s cannot be opened: %s".formatted(file, e), e);
    }
  }

  private static void bringUpToDate(Path file, Database database, Schema schema) {
    int found = version(database);
    if (found > schema.latest()) {
      throw new StoreUnavailableException(
          "%s has schema %d, this program supports %d: use a newer one"
              .formatted(file, found, schema.latest()),
          null);
    }
    for (int next = found + 1; next <= schema.latest(); next++) {
      migrate(database, schema.name(), next);
    }
  }

  /// Atomic: after a crash in between, the step starts again.
  private static void migrate(Database database, String schema, int to) {
    database.transaction(
        () -> {
          for (String statement : script("%s-%d.sql".formatted(schema, to)).split(";\\s*\n", -1)) {
            if (!statement.isBlank()) {
              database.execute(statement);
            }
          }
          database.execute("PRAGMA user_version = " + to);
        });
  }

  /// @throws StoreUnavailableException if there is no such file yet, or its schema is not the one
  ///     that this program supports
  static Database openToRead(Path file) {
    requireThere(file);
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLIS);
    return open(file, config, database -> requireKnown(file, version(database)));
  }

  private static void requireThere(Path file) {
    if (!Files.exists(file)) {
      throw new StoreUnavailableException(
          "%s does not exist yet; the cloud creates it when it starts".formatted(file), null);
    }
  }

  private static void requireKnown(Path file, int schema) {
    if (schema != SCHEMA) {
      throw new StoreUnavailableException(
          "%s has schema %d, this program reads %d".formatted(file, schema, SCHEMA), null);
    }
  }

  /// Readers retry until the file is there and complete, so a connection that does not pass the
  /// check must be closed.
  private static Database open(Path file, SQLiteConfig config, Consumer<Database> check) {
    Database database = open(file, config);
    try {
      check.accept(database);
      return database;
    } catch (RuntimeException e) {
      try {
        database.close();
      } catch (StoreUnavailableException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
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

  /// Writes the schema's version again, in a transaction that is flushed like every other.
  ///
  /// @throws StoreUnavailableException if the database cannot be written or is damaged
  static void probe(Database database) {
    database.transaction(
        () -> {
          int version = version(database);
          List<Integer> _ =
              database.query("SELECT count(*) FROM sqlite_schema", it -> it.getInt(1));
          database.execute("PRAGMA user_version = " + version);
        });
  }

  private static int version(Database database) {
    return database.query("PRAGMA user_version", row -> row.getInt(1)).getFirst();
  }

  private static String script(String name) {
    try (InputStream script =
        Objects.requireNonNull(DatabaseFile.class.getResourceAsStream(name))) {
      return new String(script.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
