package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.broadcast.Connections;
import io.gympulse.cloud.core.broadcast.StreamConnection;
import io.gympulse.cloud.core.broadcast.StreamConnection.ConnectionId;
import io.gympulse.cloud.core.broadcast.SubscriptionFilter;
import io.gympulse.cloud.core.broadcast.Topic;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// An item per connection, and a copy of it per topic; its member counts as a topic. They are
/// written in one transaction, conditional on the version that was read.
final class DynamoConnections implements Connections {
  private static final int MAX_ATTEMPTS = 20;

  private final String connections;
  private final String topics;
  private final DynamoCalls calls;
  private final ItemReader reading;

  DynamoConnections(DynamoContext context) {
    this.connections = context.tables().name(Tables.CONNECTIONS);
    this.topics = context.tables().name(Tables.CONNECTION_TOPICS);
    this.calls = context.calls();
    this.reading = context.reading();
  }

  @Override
  public void connect(StreamConnection connection, Instant now) {
    Instant latest = now.plus(LONGEST);
    Instant expires = connection.expiresAt().isAfter(latest) ? latest : connection.expiresAt();
    StreamConnection kept =
        new StreamConnection(connection.id(), connection.user(), connection.filter(), expires);
    change(connection.id(), _ -> Optional.of(kept));
  }

  @Override
  public boolean subscribe(ConnectionId id, SubscriptionFilter filter, Instant now) {
    return change(
            id, kept -> kept.map(it -> it.expiresAt().isAfter(now) ? it.withFilter(filter) : it))
        .filter(it -> it.expiresAt().isAfter(now))
        .isPresent();
  }

  @Override
  public boolean isOpen(ConnectionId id, Instant now) {
    return reading
        .get(connections, key(id))
        .map(it -> ConnectionItem.of(it).connection())
        .filter(it -> it.expiresAt().isAfter(now))
        .isPresent();
  }

  @Override
  public void disconnect(ConnectionId id) {
    change(id, _ -> Optional.empty());
  }

  /// @return what is kept after the change
  private Optional<StreamConnection> change(
      ConnectionId id, UnaryOperator<Optional<StreamConnection>> change) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Optional<ConnectionItem> kept = reading.get(connections, key(id)).map(ConnectionItem::of);
      Optional<StreamConnection> before = kept.map(ConnectionItem::connection);
      Optional<StreamConnection> next = change.apply(before);
      if (next.equals(before) || calls.transact(writes(id, kept, next))) {
        return next;
      }
    }
    throw new StoreUnavailableException("connection '%s' changes too often".formatted(id), null);
  }

  private List<TransactWriteItem> writes(
      ConnectionId id, Optional<ConnectionItem> kept, Optional<StreamConnection> next) {
    List<TransactWriteItem> writes = new ArrayList<>();
    long version = kept.map(ConnectionItem::version).orElse(0L);
    writes.add(own(id, version, next));
    Set<String> left = new HashSet<>(topics(kept.map(ConnectionItem::connection)));
    for (String topic : topics(next)) {
      left.remove(topic);
      Map<String, AttributeValue> item =
          Item.build()
              .all(new ConnectionItem(next.orElseThrow(), version + 1).attributes())
              .text("topic", topic)
              .attributes();
      writes.add(TransactWriteItem.builder().put(it -> it.tableName(topics).item(item)).build());
    }
    for (String topic : left) {
      Map<String, AttributeValue> key = Item.build().all(key(id)).text("topic", topic).attributes();
      writes.add(TransactWriteItem.builder().delete(it -> it.tableName(topics).key(key)).build());
    }
    return writes;
  }

  private TransactWriteItem own(ConnectionId id, long version, Optional<StreamConnection> next) {
    String condition = version == 0 ? "attribute_not_exists(#version)" : "#version = :version";
    Map<String, String> names = Map.of("#version", "version");
    Map<String, AttributeValue> values =
        version == 0 ? Map.of() : Item.build().number(":version", version).attributes();
    TransactWriteItem.Builder write = TransactWriteItem.builder();
    next.ifPresentOrElse(
        connection ->
            write.put(
                it ->
                    it.tableName(connections)
                        .item(new ConnectionItem(connection, version + 1).attributes())
                        .conditionExpression(condition)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values.isEmpty() ? null : values)),
        () ->
            write.delete(
                it ->
                    it.tableName(connections)
                        .key(key(id))
                        .conditionExpression(condition)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values.isEmpty() ? null : values)));
    return write.build();
  }

  /// The topics of a connection, its member included.
  private static Set<String> topics(Optional<StreamConnection> connection) {
    Set<String> names = new HashSet<>();
    connection.ifPresent(
        it -> {
          it.filter().topics().forEach(topic -> names.add(topic.name()));
          it.user().ifPresent(user -> names.add(ofMember(user)));
        });
    return names;
  }

  private static String ofMember(UserId user) {
    return "user/" + user;
  }

  private static Map<String, AttributeValue> key(ConnectionId id) {
    return Item.build().text("connection", id.value()).attributes();
  }

  @Override
  public Page<StreamConnection, ConnectionId> subscribedTo(
      FeedUpdate update, Instant now, Optional<ConnectionId> after, int size) {
    List<String> names = Topic.of(update).stream().map(Topic::name).toList();
    return under(
        names, after, Page.requireSize(size), it -> isOpen(it, now) && it.filter().matches(update));
  }

  @Override
  public Page<StreamConnection, ConnectionId> ofUser(
      UserId user, Instant now, Optional<ConnectionId> after, int size) {
    return under(List.of(ofMember(user)), after, Page.requireSize(size), it -> isOpen(it, now));
  }

  private static boolean isOpen(StreamConnection connection, Instant now) {
    return connection.expiresAt().isAfter(now);
  }

  /// Each topic's items are sorted by connection, so a page of all topics is part of the first
  /// pages of each.
  private Page<StreamConnection, ConnectionId> under(
      List<String> names,
      Optional<ConnectionId> after,
      int size,
      Predicate<StreamConnection> wanted) {
    NavigableMap<ConnectionId, StreamConnection> found = new TreeMap<>();
    boolean more = false;
    for (String topic : names) {
      List<StreamConnection> some = under(topic, after, size);
      some.forEach(it -> found.put(it.id(), it));
      more |= some.size() == size;
    }
    List<StreamConnection> first = found.values().stream().limit(size).toList();
    return new Page<>(
        first.stream().filter(wanted).toList(),
        more || found.size() > size ? Optional.of(first.getLast().id()) : Optional.empty());
  }

  private List<StreamConnection> under(String topic, Optional<ConnectionId> after, int size) {
    Item.Builder values = Item.build().text(":topic", topic);
    after.ifPresent(it -> values.text(":after", it.value()));
    QueryRequest found =
        QueryRequest.builder()
            .tableName(topics)
            .consistentRead(true)
            .keyConditionExpression(
                after.isEmpty() ? "#topic = :topic" : "#topic = :topic AND #connection > :after")
            .expressionAttributeNames(
                after.isEmpty()
                    ? Map.of("#topic", "topic")
                    : Map.of("#topic", "topic", "#connection", "connection"))
            .expressionAttributeValues(values.attributes())
            .limit(size)
            .build();
    return reading.list(found).stream().map(it -> ConnectionItem.of(it).connection()).toList();
  }
}
