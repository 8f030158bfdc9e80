package io.gympulse.cloud.state.dynamo;

import io.gympulse.cloud.state.alert.Alert;
import io.gympulse.cloud.state.alert.AlertCodec;
import io.gympulse.cloud.state.alert.AlertId;
import io.gympulse.cloud.state.alert.AlertStatus;
import io.gympulse.cloud.state.alert.Alerts;
import io.gympulse.cloud.state.alert.UserId;
import io.gympulse.cloud.state.store.StoreUnavailableException;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// An item per alert: the whole as JSON, beside it what it is looked up by. An alert is in the
/// index by machine only while it is active, and in the index by due time only while time may
/// change it.
///
/// Indexes follow the table by a moment. What they name is read from the table and checked; an
/// alert made a moment ago may not be found by its machine yet.
final class DynamoAlerts implements Alerts {
  private static final Comparator<Alert> NEWEST_FIRST =
      Comparator.comparing(Alert::createdAt).reversed().thenComparing(it -> it.id().toString());

  private final String table;
  private final Calls calls;
  private final Reading reading;

  DynamoAlerts(Connection connection) {
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
            .number("version", alert.version())
            .text("content", AlertCodec.encode(alert));
    if (alert.status() == AlertStatus.ACTIVE) {
      item.text("machine", alert.machine().value());
    }
    alert.due().ifPresent(it -> item.text("dueIn", Due.PARTITION).time("due", it));
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
  public List<Alert> ofUser(UserId user) {
    QueryRequest ofUser =
        QueryRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .keyConditionExpression("#user = :user")
            .expressionAttributeNames(Map.of("#user", "user"))
            .expressionAttributeValues(Item.build().text(":user", user.value()).attributes())
            .build();
    List<Alert> alerts = new ArrayList<>();
    reading.query(ofUser).forEach(it -> alerts.add(alert(it)));
    alerts.sort(NEWEST_FIRST);
    return List.copyOf(alerts);
  }

  @Override
  public List<Alert> watching(MachineId machine) {
    QueryRequest watching =
        QueryRequest.builder()
            .tableName(table)
            .indexName(Tables.BY_MACHINE.name())
            .keyConditionExpression("#machine = :machine")
            .expressionAttributeNames(Map.of("#machine", "machine"))
            .expressionAttributeValues(Item.build().text(":machine", machine.value()).attributes())
            .build();
    return whole(watching).stream()
        .filter(it -> it.status() == AlertStatus.ACTIVE && it.machine().equals(machine))
        .sorted(Comparator.comparing(it -> it.id().toString()))
        .toList();
  }

  @Override
  public List<Alert> due(Instant now, int limit) {
    return whole(Due.query(table, now, limit)).stream()
        .filter(it -> it.due().filter(at -> !at.isAfter(now)).isPresent())
        .sorted(Comparator.comparing(it -> it.due().orElseThrow()))
        .limit(limit)
        .toList();
  }

  private List<Alert> whole(QueryRequest ofIndex) {
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    for (Item it : reading.list(ofIndex)) {
      keys.add(it.only("user", "alert"));
    }
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
