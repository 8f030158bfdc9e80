package io.gympulse.cloud.state.sqlite;

import io.gympulse.cloud.state.alert.UserId;
import io.gympulse.cloud.state.broadcast.Audience;
import io.gympulse.cloud.state.broadcast.Topic;
import io.gympulse.cloud.state.connection.ConnectionId;
import io.gympulse.cloud.state.connection.Connections;
import io.gympulse.cloud.state.connection.StreamConnection;
import io.gympulse.cloud.state.feed.FeedUpdate;
import io.gympulse.cloud.state.page.Page;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Connections in the table `connection`, and the topics under which they are found in
/// `connection_topic`.
final class SqliteConnections implements Connections {
  private final Database database;

  SqliteConnections(Database database) {
    this.database = database;
  }

  @Override
  public void connect(StreamConnection connection, Instant now) {
    Instant latest = now.plus(LONGEST);
    Instant expires = connection.expiresAt().isAfter(latest) ? latest : connection.expiresAt();
    database.transaction(
        () -> {
          database.update(
              "INSERT OR REPLACE INTO connection (id, user, expires) VALUES (?, ?, ?)",
              connection.id().value(),
              value(connection.user()),
              expires.toEpochMilli());
          listen(connection.id(), connection.audience());
        });
  }

  @Override
  public boolean subscribe(ConnectionId id, Audience audience, Instant now) {
    boolean[] open = new boolean[1];
    database.transaction(
        () -> {
          open[0] = isOpen(id, now);
          if (open[0]) {
            listen(id, audience);
          }
        });
    return open[0];
  }

  @Override
  public boolean isOpen(ConnectionId id, Instant now) {
    return !database
        .query(
            "SELECT 1 FROM connection WHERE id = ? AND expires > ?",
            row -> row.getInt(1),
            id.value(),
            now.toEpochMilli())
        .isEmpty();
  }

  private void listen(ConnectionId id, Audience audience) {
    database.update(
        "UPDATE connection SET gym = ?, category = ?, machine = ? WHERE id = ?",
        value(audience.gym()),
        value(audience.category()),
        value(audience.machine()),
        id.value());
    database.update("DELETE FROM connection_topic WHERE connection = ?", id.value());
    for (Topic topic : audience.topics()) {
      database.update(
          "INSERT INTO connection_topic (topic, connection) VALUES (?, ?)",
          topic.name(),
          id.value());
    }
  }

  @Override
  public void disconnect(ConnectionId id) {
    database.transaction(
        () -> {
          database.update("DELETE FROM connection_topic WHERE connection = ?", id.value());
          database.update("DELETE FROM connection WHERE id = ?", id.value());
        });
  }

  @Override
  public Page<StreamConnection, ConnectionId> heardBy(
      FeedUpdate update, Instant now, Optional<ConnectionId> after, int size) {
    Set<Topic> topics = Topic.of(update);
    List<Object> parameters = new ArrayList<>(topics.stream().map(Topic::name).toList());
    parameters.add(now.toEpochMilli());
    parameters.add(after.map(ConnectionId::value).orElse(""));
    parameters.add(Page.requireSize(size) + 1);
    String found =
        """
        SELECT * FROM connection WHERE id IN
          (SELECT connection FROM connection_topic WHERE topic IN (?%s))
        AND expires > ? AND id > ? ORDER BY id LIMIT ?"""
            .formatted(", ?".repeat(topics.size() - 1));
    Page<StreamConnection, ConnectionId> page =
        Page.cut(
            database.query(found, SqliteConnections::connection, parameters.toArray()),
            size,
            StreamConnection::id);
    return new Page<>(
        page.items().stream().filter(it -> it.audience().hears(update)).toList(), page.next());
  }

  @Override
  public Page<StreamConnection, ConnectionId> ofUser(
      UserId user, Instant now, Optional<ConnectionId> after, int size) {
    List<StreamConnection> found =
        database.query(
            """
            SELECT * FROM connection WHERE user = ? AND expires > ? AND id > ?
            ORDER BY id LIMIT ?""",
            SqliteConnections::connection,
            user.value(),
            now.toEpochMilli(),
            after.map(ConnectionId::value).orElse(""),
            Page.requireSize(size) + 1);
    return Page.cut(found, size, StreamConnection::id);
  }

  private static StreamConnection connection(ResultSet row) throws SQLException {
    return new StreamConnection(
        new ConnectionId(row.getString("id")),
        Optional.ofNullable(row.getString("user")).map(UserId::new),
        new Audience(
            Optional.ofNullable(row.getString("gym")).map(GymId::new),
            Optional.ofNullable(row.getString("category")).map(CategoryId::new),
            Optional.ofNullable(row.getString("machine")).map(MachineId::new)),
        Instant.ofEpochMilli(row.getLong("expires")));
  }

  private static @Nullable String value(Optional<?> id) {
    return id.map(Object::toString).orElse(null);
  }
}
