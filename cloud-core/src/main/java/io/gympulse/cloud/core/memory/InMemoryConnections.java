package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.broadcast.Connections;
import io.gympulse.cloud.core.broadcast.StreamConnection;
import io.gympulse.cloud.core.broadcast.StreamConnection.ConnectionId;
import io.gympulse.cloud.core.broadcast.SubscriptionFilter;
import io.gympulse.cloud.core.broadcast.Topic;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.page.Page;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Connections in maps, behind one lock.
public final class InMemoryConnections implements Connections {
  private final Map<ConnectionId, StreamConnection> connections = new HashMap<>();
  private final Map<Topic, Set<ConnectionId>> byTopic = new HashMap<>();
  private final Map<UserId, Set<ConnectionId>> byUser = new HashMap<>();

  @Override
  public synchronized void connect(StreamConnection connection, Instant now) {
    disconnect(connection.id());
    Instant latest = now.plus(LONGEST);
    put(
        connection.expiresAt().isAfter(latest)
            ? new StreamConnection(connection.id(), connection.user(), connection.filter(), latest)
            : connection);
  }

  @Override
  public synchronized boolean subscribe(ConnectionId id, SubscriptionFilter filter, Instant now) {
    Optional<StreamConnection> open =
        Optional.ofNullable(connections.get(id)).filter(it -> it.expiresAt().isAfter(now));
    open.ifPresent(
        it -> {
          disconnect(id);
          put(it.withFilter(filter));
        });
    return open.isPresent();
  }

  @Override
  public synchronized boolean isOpen(ConnectionId id, Instant now) {
    StreamConnection known = connections.get(id);
    return known != null && known.expiresAt().isAfter(now);
  }

  private void put(StreamConnection connection) {
    connections.put(connection.id(), connection);
    for (Topic topic : connection.filter().topics()) {
      byTopic.computeIfAbsent(topic, _ -> new LinkedHashSet<>()).add(connection.id());
    }
    connection
        .user()
        .ifPresent(
            it -> byUser.computeIfAbsent(it, _ -> new LinkedHashSet<>()).add(connection.id()));
  }

  @Override
  public synchronized void disconnect(ConnectionId id) {
    StreamConnection connection = connections.remove(id);
    if (connection == null) {
      return;
    }
    connection.filter().topics().forEach(it -> remove(byTopic, it, id));
    connection.user().ifPresent(it -> remove(byUser, it, id));
  }

  private static <K> void remove(Map<K, Set<ConnectionId>> index, K key, ConnectionId id) {
    index.computeIfPresent(
        key,
        (_, ids) -> {
          ids.remove(id);
          return ids.isEmpty() ? null : ids;
        });
  }

  @Override
  public synchronized Page<StreamConnection, ConnectionId> subscribedTo(
      FeedUpdate update, Instant now, Optional<ConnectionId> after, int size) {
    Stream<ConnectionId> found =
        Topic.of(update).stream().flatMap(it -> byTopic.getOrDefault(it, Set.of()).stream());
    return open(found, now, it -> it.filter().matches(update), after, size);
  }

  @Override
  public synchronized Page<StreamConnection, ConnectionId> ofUser(
      UserId user, Instant now, Optional<ConnectionId> after, int size) {
    Stream<ConnectionId> found = byUser.getOrDefault(user, Set.of()).stream();
    return open(found, now, _ -> true, after, size);
  }

  private Page<StreamConnection, ConnectionId> open(
      Stream<ConnectionId> found,
      Instant now,
      Predicate<StreamConnection> wanted,
      Optional<ConnectionId> after,
      int size) {
    List<StreamConnection> open =
        found
            .distinct()
            .filter(it -> after.isEmpty() || it.compareTo(after.get()) > 0)
            .flatMap(it -> Stream.ofNullable(connections.get(it)))
            .filter(it -> it.expiresAt().isAfter(now))
            .filter(wanted)
            .sorted(Comparator.comparing(StreamConnection::id))
            .limit(Page.requireSize(size) + 1L)
            .toList();
    return Page.cut(open, size, StreamConnection::id);
  }
}
