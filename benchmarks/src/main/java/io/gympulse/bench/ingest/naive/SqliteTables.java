package io.gympulse.bench.ingest.naive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/// Tables in a SQLite file with the settings of the cloud's embedded store: each write is a
/// commit of its own, flushed to disk. Statements are prepared once.
public final class SqliteTables implements Tables {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> ITEM = new TypeReference<>() {};

  private final Connection connection;
  private final Map<Table, PreparedStatement> reads = new EnumMap<>(Table.class);
  private final Map<Table, PreparedStatement> writes = new EnumMap<>(Table.class);
  private final Map<Table, PreparedStatement> queries = new EnumMap<>(Table.class);

  public SqliteTables(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
      for (Table table : Table.values()) {
        prepare(table);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private void prepare(Table table) throws SQLException {
    String name = table.name();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE %s (partition TEXT, sort TEXT, item TEXT NOT NULL,
            PRIMARY KEY (partition, sort)) WITHOUT ROWID
          """
              .formatted(name));
    }
    reads.put(
        table,
        connection.prepareStatement(
            "SELECT item FROM %s WHERE partition = ? AND sort = ?".formatted(name)));
    writes.put(
        table,
        connection.prepareStatement("INSERT OR REPLACE INTO %s VALUES (?, ?, ?)".formatted(name)));
    queries.put(
        table,
        connection.prepareStatement("SELECT item FROM %s WHERE partition = ?".formatted(name)));
  }

  @Override
  public Optional<Map<String, String>> get(Table table, String partition, String sort) {
    return items(reads, table, partition, sort).stream().findFirst();
  }

  @Override
  public List<Map<String, String>> query(Table table, String partition) {
    return items(queries, table, partition);
  }

  @Override
  public void put(Table table, String partition, String sort, Map<String, String> item) {
    try {
      PreparedStatement write = statement(writes, table);
      write.setString(1, partition);
      write.setString(2, sort);
      write.setString(3, JSON.writeValueAsString(item));
      write.executeUpdate();
    } catch (SQLException | JsonProcessingException e) {
      throw failed(e);
    }
  }

  private static List<Map<String, String>> items(
      Map<Table, PreparedStatement> statements, Table table, String... keys) {
    try {
      PreparedStatement read = statement(statements, table);
      for (int i = 0; i < keys.length; i++) {
        read.setString(i + 1, keys[i]);
      }
      List<Map<String, String>> items = new ArrayList<>();
      try (ResultSet rows = read.executeQuery()) {
        while (rows.next()) {
          items.add(JSON.readValue(rows.getString(1), ITEM));
        }
      }
      return items;
    } catch (SQLException | JsonProcessingException e) {
      throw failed(e);
    }
  }

  private static PreparedStatement statement(
      Map<Table, PreparedStatement> statements, Table table) {
    return Optional.ofNullable(statements.get(table)).orElseThrow();
  }

  private static IllegalStateException failed(Exception cause) {
    return new IllegalStateException("the naive ingest's file cannot be used", cause);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
