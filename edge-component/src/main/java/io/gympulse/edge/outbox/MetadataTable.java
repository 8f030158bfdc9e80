package io.gympulse.edge.outbox;

import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.outbox.Boots.Boot;
import io.gympulse.edge.outbox.EventQueue.Counts;
import io.gympulse.edge.outbox.OutboxMetadata.SequenceSet;
import io.gympulse.edge.outbox.Quarantine.QuarantinedEvent;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The outbox's metadata in its file. Only changed values are written. For one thread.
final class MetadataTable {
  private final Connection connection;

  MetadataTable(Connection connection) {
    this.connection = connection;
  }

  private OutboxId id() throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT value FROM setting WHERE name = 'outbox_id'");
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw SqliteFailure.corrupt("no outbox id");
      }
      return RowMapper.value(() -> new OutboxId(UUID.fromString(row.getString(1))));
    }
  }

  void saveId(OutboxId id) throws SQLException {
    try (PreparedStatement replace =
        connection.prepareStatement("INSERT OR REPLACE INTO setting VALUES ('outbox_id', ?)")) {
      replace.setString(1, id.toString());
      replace.executeUpdate();
    }
  }

  /// The counts of a new outbox, of which nothing is acknowledged yet.
  ///
  /// @param last the last number assigned
  Counts countsOfNew(long last) throws SQLException {
    long waiting = number("SELECT count(*) FROM event");
    long quarantined = number("SELECT count(*) FROM quarantined");
    return new Counts(last, waiting, quarantined, last - waiting - quarantined);
  }

  OutboxMetadata read() throws SQLException {
    long last = Math.max(setting("last_seq"), number("SELECT coalesce(max(seq), 0) FROM event"));
    Counts counts =
        new Counts(
            last,
            number("SELECT count(*) FROM event"),
            number("SELECT count(*) FROM quarantined"),
            setting("coalesced"));
    return new OutboxMetadata(
        id(),
        counts,
        conflicts(),
        setting("reserved"),
        SequenceSet.EMPTY,
        boots(),
        alive(),
        firstWithoutWall());
  }

  /// How many events are quarantined because their numbers are in use.
  long conflicts() throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT count(*) FROM quarantined WHERE substr(reason, 1, ?) = ?")) {
      select.setInt(1, QuarantinedEvent.CONFLICT.length());
      select.setString(2, QuarantinedEvent.CONFLICT);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /// The number of the last quarantined event, 0 for none.
  long lastQuarantined() throws SQLException {
    return number("SELECT coalesce(max(seq), 0) FROM quarantined");
  }

  Optional<Sequence> firstWithoutWall() throws SQLException {
    long seq = number("SELECT coalesce(min(seq), 0) FROM event WHERE wall IS NULL");
    return seq == 0 ? Optional.empty() : Optional.of(new Sequence(seq));
  }

  /// Writes what differs from `before`. Returns whether anything did.
  boolean save(OutboxMetadata before, OutboxMetadata now) throws SQLException {
    boolean changed = false;
    if (now.lastReserved() != before.lastReserved()) {
      set("reserved", now.lastReserved());
      changed = true;
    }
    if (now.counts().coalesced() != before.counts().coalesced()) {
      set("coalesced", now.counts().coalesced());
      changed = true;
    }
    if (now.boots().equals(before.boots()) && now.alive().equals(before.alive())) {
      return changed;
    }
    List<Boot> known = before.boots().inOrder();
    for (int i = 0; i < now.boots().inOrder().size(); i++) {
      Boot boot = now.boots().inOrder().get(i);
      boolean same = i < known.size() && known.get(i).equals(boot);
      if (!same || !aliveOf(boot, now).equals(aliveOf(boot, before))) {
        save(boot, aliveOf(boot, now));
        changed = true;
      }
    }
    return changed;
  }

  /// Deletes the boots that are not needed any more; returns the others.
  Boots prune(Boots boots) throws SQLException {
    Boots needed = boots.pruned(usedBoots());
    Set<Boot> left = new HashSet<>(needed.inOrder());
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM boot WHERE ordinal = ?")) {
      for (Boot boot : boots.inOrder()) {
        if (!left.contains(boot)) {
          delete.setInt(1, boot.ordinal());
          delete.executeUpdate();
        }
      }
    }
    return needed;
  }

  private Set<Integer> usedBoots() throws SQLException {
    Set<Integer> used = new HashSet<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT boot FROM event UNION SELECT boot FROM quarantined
                UNION SELECT boot FROM machine WHERE seq IS NOT NULL
                UNION SELECT ordinal FROM boot WHERE alive IS NOT NULL""");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        used.add(row.getInt(1));
      }
    }
    return used;
  }

  /// Whether a process has opened the file and not closed it.
  boolean inUse() throws SQLException {
    return setting("in_use") != 0;
  }

  void setInUse(boolean inUse) throws SQLException {
    set("in_use", inUse ? 1 : 0);
  }

  /// Saves the last number assigned, as its event may be deleted.
  void saveLastSeq(Sequence last) throws SQLException {
    set("last_seq", last.value());
  }

  private static Optional<Stamp> aliveOf(Boot boot, OutboxMetadata metadata) {
    return metadata.alive().filter(it -> it.boot().equals(boot.id()));
  }

  private void save(Boot boot, Optional<Stamp> alive) throws SQLException {
    try (PreparedStatement replace =
        connection.prepareStatement("INSERT OR REPLACE INTO boot VALUES (?,?,?,?,?,?,?,?,?)")) {
      replace.setInt(1, boot.ordinal());
      replace.setString(2, boot.id().value());
      for (int column = 3; column <= 9; column++) {
        replace.setNull(column, Types.INTEGER);
      }
      if (boot.start().isPresent()) {
        Boot.Start start = boot.start().get();
        replace.setLong(3, start.at().toEpochMilli());
        replace.setInt(4, RowMapper.code(start.quality()));
        replace.setLong(5, start.earliest().toEpochMilli());
      }
      replace.setLong(6, boot.last().toMillis());
      if (alive.isPresent()) {
        replace.setLong(7, alive.get().sinceBoot().toMillis());
        RowMapper.set(replace, 8, alive.get().wall());
      }
      replace.executeUpdate();
    }
  }

  private Boots boots() throws SQLException {
    List<Boot> boots = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT ordinal, id, last, started, quality, floor FROM boot ORDER BY ordinal");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        boots.add(RowMapper.value(() -> boot(row)));
      }
    }
    return new Boots(List.copyOf(boots));
  }

  private static Boot boot(ResultSet row) throws SQLException {
    Optional<Boot.Start> start = Optional.empty();
    long started = row.getLong(4);
    if (!row.wasNull()) {
      start =
          Optional.of(
              new Boot.Start(
                  Instant.ofEpochMilli(started),
                  RowMapper.quality(row.getInt(5)),
                  Instant.ofEpochMilli(row.getLong(6))));
    }
    return new Boot(
        row.getInt(1), new BootId(row.getString(2)), start, Duration.ofMillis(row.getLong(3)));
  }

  private Optional<Stamp> alive() throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT id, alive, alive_wall, alive_quality FROM boot
                WHERE alive IS NOT NULL ORDER BY ordinal DESC LIMIT 1""");
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      return Optional.of(
          new Stamp(
              new BootId(row.getString(1)),
              Duration.ofMillis(row.getLong(2)),
              RowMapper.wall(row, 3)));
    }
  }

  private void set(String name, long value) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT OR REPLACE INTO setting VALUES (?, ?)")) {
      statement.setString(1, name);
      statement.setLong(2, value);
      statement.executeUpdate();
    }
  }

  private long setting(String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT value FROM setting WHERE name = ?")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  private long number(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
