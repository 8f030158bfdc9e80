package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.AlertCodec;
import io.gympulse.cloud.core.alert.AlertCursor;
import io.gympulse.cloud.core.alert.AlertId;
import io.gympulse.cloud.core.alert.AlertProgress.AlertStatus;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// An item per alert: the whole as JSON, beside it what it is looked up by. An alert is in the
/// index by machine only while it is active, and in the index by due time only while time may
/// change it. The index by place sorts a member's alerts.
///
/// Indexes follow the table by a moment. What they name is read from the table and checked; an
/// alert made a moment ago may not be listed or counted yet.
final class DynamoAlerts implements Alerts {
  private static final String OF_ACTIVE = "1";

  private final String table;
  private final DynamoCalls calls;
  private final ItemReader reading;

  DynamoAlerts(DynamoContext connection) {
    this.table = connection.tables().name(Tables.ALERTS);
    this.calls = connection.calls();
    this.reading = connection.reading();
  }

  @Override
  public void create(Alert alert) {
    PutItemRequest put =
        put(alert)
            .conditionExpression("attribute_not_exists(#version)")
            .expressionAttributeNames(Map.of("#version", "version"))
            .build();
    calls.callIf(client -> client.putItem(put));
  }

  @Override
  public boolean replace(Alert expected, Alert next) {
    PutItemRequest put =
        put(next)
            .conditionExpression("#version = :version")
            .expressionAttributeNames(Map.of("#version", "version"))
            .expressionAttributeValues(
                Item.build().number(":version", expected.version()).attributes())
            .build();
    return calls.callIf(client -> client.putItem(put));
  }

  private PutItemRequest.Builder put(Alert alert) {
    Item.Builder item =
        Item.build()
            .all(key(alert.user(), alert.id()))
            .text("place", AlertCursor.of(alert).text())
            .number("version", alert.version())
            .text("content", AlertCodec.encode(alert));
    if (alert.status() == AlertStatus.ACTIVE) {
      item.text("machine", alert.machine().value());
    }
    // While a delivery is under way the table must not remove it.
    alert.endedAt().filter(_ -> alert.due().isEmpty()).ifPresent(it -> item.expires(it.plus(KEPT)));
    alert.due().ifPresent(it -> item.text("dueIn", Tables.DUE_PARTITION).time("due", it));
    return PutItemRequest.builder().tableName(table).item(item.attributes());
  }

  private static Map<String, AttributeValue> key(UserId user, AlertId id) {
    return Item.build().text("user", user.value()).text("alert", id.toString()).attributes();
  }

  @Override
  public Optional<Alert> find(UserId user, AlertId id) {
    return reading.get(table, key(user, id)).map(DynamoAlerts::alert);
  }

  @Override
  public Page<Alert, AlertCursor> ofUser(UserId user, Optional<AlertCursor> after, int size) {
    Item.Builder values = Item.build().text(":user", user.value());
    after.ifPresent(it -> values.text(":after", it.text()));
    QueryRequest ofUser =
        QueryRequest.builder()
            .tableName(table)
            .indexName(Tables.BY_PLACE.name())
            .scanIndexForward(false)
            .keyConditionExpression(
                after.isEmpty() ? "#user = :user" : "#user = :user AND #place < :after")
            .expressionAttributeNames(
                after.isEmpty()
                    ? Map.of("#user", "user")
                    : Map.of("#user", "user", "#place", "place"))
            .expressionAttributeValues(values.attributes())
            .limit(Page.requireSize(size))
            .build();
    List<Item> found = reading.list(ofUser);
    List<Alert> alerts =
        whole(found).stream().sorted(Comparator.comparing(AlertCursor::of)).toList();
    return new Page<>(alerts, next(found, size).map(it -> place(it.text("place"))));
  }

  private static AlertCursor place(String text) {
    try {
      return AlertCursor.parse(text);
    } catch (IllegalArgumentException e) {
      throw new StoreUnavailableException("the store holds a damaged place of an alert", e);
    }
  }

  @Override
  public int countActive(UserId user, int most) {
    QueryRequest active =
        QueryRequest.builder()
            .tableName(table)
            .indexName(Tables.BY_PLACE.name())
            .keyConditionExpression("#user = :user AND begins_with(#place, :active)")
            .expressionAttributeNames(Map.of("#user", "user", "#place", "place"))
            .expressionAttributeValues(
                Item.build().text(":user", user.value()).text(":active", OF_ACTIVE).attributes())
            .limit(most)
            .build();
    return reading.list(active).size();
  }

  @Override
  public Page<Alert, AlertId> watching(MachineId machine, Optional<AlertId> after, int size) {
    List<Item> found = reading.list(waiting(machine, after, Page.requireSize(size)));
    List<Alert> alerts =
        whole(found).stream()
            .filter(it -> it.status() == AlertStatus.ACTIVE && it.machine().equals(machine))
            .sorted(Comparator.comparing(it -> it.id().toString()))
            .toList();
    return new Page<>(alerts, next(found, size).map(it -> AlertId.of(it.text("alert"))));
  }

  @Override
  public int countWatching(MachineId machine, int most) {
    return reading.list(waiting(machine, Optional.empty(), most)).size();
  }

  private QueryRequest waiting(MachineId machine, Optional<AlertId> after, int limit) {
    Item.Builder values = Item.build().text(":machine", machine.value());
    after.ifPresent(it -> values.text(":after", it.toString()));
    return QueryRequest.builder()
        .tableName(table)
        .indexName(Tables.BY_MACHINE.name())
        .keyConditionExpression(
            after.isEmpty() ? "#machine = :machine" : "#machine = :machine AND #alert > :after")
        .expressionAttributeNames(
            after.isEmpty()
                ? Map.of("#machine", "machine")
                : Map.of("#machine", "machine", "#alert", "alert"))
        .expressionAttributeValues(values.attributes())
        .limit(limit)
        .build();
  }

  private static Optional<Item> next(List<Item> found, int size) {
    return found.size() < size ? Optional.empty() : Optional.of(found.getLast());
  }

  @Override
  public List<Alert> due(Instant now, int limit) {
    return whole(reading.due(table, now, limit)).stream()
        .filter(it -> it.due().filter(at -> !at.isAfter(now)).isPresent())
        .sorted(Comparator.comparing(it -> it.due().orElseThrow()))
        .limit(limit)
        .toList();
  }

  private List<Alert> whole(List<Item> ofIndex) {
    List<Map<String, AttributeValue>> keys =
        ofIndex.stream().map(it -> it.only("user", "alert")).toList();
    return reading.get(table, keys).stream().map(DynamoAlerts::alert).toList();
  }

  private static Alert alert(Item item) {
    try {
      return AlertCodec.decode(item.text("content"));
    } catch (IllegalArgumentException e) {
      throw new StoreUnavailableException("the store holds a damaged alert", e);
    }
  }
}
