package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.broadcast.Audience;
import io.gympulse.cloud.core.broadcast.Topic;
import io.gympulse.cloud.core.connection.ConnectionId;
import io.gympulse.cloud.core.connection.Connections;
import io.gympulse.cloud.core.connection.StreamConnection;
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

/// An item per connection, and one per topic it is found by, its member among them, with all that
/// is to know of it. They are written in one transaction, if nobody else wrote meanwhile.
final class DynamoConnections implements Connections {
  private static final int MOST_RACES = 20;

  private final String connections;
  private final String topics;
  private final Transactions transactions;
  private final Reading reading;

  DynamoConnections(Connection connection) {
    this.connections = connection.tables().name(Tables.CONNECTIONS);
    this.topics = connection.tables().name(Tables.CONNECTION_TOPICS);
    this.transactions = new Transactions(connection.calls());
    this.reading = connection.reading();
  }

  @Override
  public void connect(StreamConnection connection, Instant now) {
    Instant latest = now.plus(LONGEST);
    Instant expires = connection.expiresAt().isAfter(latest) ? latest : connection.expiresAt();
    StreamConnection kept =
        new StreamConnection(connection.id(), connection.user(), connection.audience(), expires);
    change(connection.id(), _ -> Optional.of(kept));
  }

  @Override
  public boolean subscribe(ConnectionId id, Audience audience, Instant now) {
    return change(
            id, kept -> kept.map(it -> it.expiresAt().isAfter(now) ? it.hearing(audience) : it))
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
    for (int race = 0; race < MOST_RACES; race++) {
      Optional<ConnectionItem> kept = reading.get(connections, key(id)).map(ConnectionItem::of);
      Optional<StreamConnection> before = kept.map(ConnectionItem::connection);
      Optional<StreamConnection> next = change.apply(before);
      if (next.equals(before) || transactions.write(writes(id, kept, next))) {
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
    Set<String> left = new HashSet<>(headings(kept.map(ConnectionItem::connection)));
    for (String topic : headings(next)) {
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

  /// Under what a connection is found.
  private static Set<String> headings(Optional<StreamConnection> connection) {
    Set<String> headings = new HashSet<>();
    connection.ifPresent(
        it -> {
          it.audience().topics().forEach(topic -> headings.add(topic.name()));
          it.user().ifPresent(user -> headings.add(ofMember(user)));
        });
    return headings;
  }

  private static String ofMember(UserId user) {
    return "user/" + user;
  }

  private static Map<String, AttributeValue> key(ConnectionId id) {
    return Item.build().text("connection", id.value()).attributes();
  }

  @Override
  public Page<StreamConnection, ConnectionId> heardBy(
      FeedUpdate update, Instant now, Optional<ConnectionId> after, int size) {
    List<String> names = Topic.of(update).stream().map(Topic::name).toList();
    return under(
        names, after, Page.requireSize(size), it -> isOpen(it, now) && it.audience().hears(update));
  }

  @Override
  public Page<StreamConnection, ConnectionId> ofUser(
      UserId user, Instant now, Optional<ConnectionId> after, int size) {
    return under(List.of(ofMember(user)), after, Page.requireSize(size), it -> isOpen(it, now));
  }

  private static boolean isOpen(StreamConnection connection, Instant now) {
    return connection.expiresAt().isAfter(now);
  }

  /// Topics are sorted by connection, so the first of each are the first of all of them.
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
