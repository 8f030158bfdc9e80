package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.cloud.core.gateway.Gateways;
import io.gympulse.contract.id.GatewayId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/// An item per gateway. Compare-and-set by all attributes. The table's stream is the feed.
final class DynamoGateways implements Gateways {
  private final String table;
  private final DynamoCalls calls;
  private final ItemReader reading;

  DynamoGateways(DynamoContext context) {
    this.table = context.tables().name(Tables.GATEWAYS);
    this.calls = context.calls();
    this.reading = context.reading();
  }

  @Override
  public Optional<Gateway> find(GatewayId gateway) {
    return reading.get(table, GatewayItem.key(gateway)).map(GatewayItem::gateway);
  }

  @Override
  public Map<GatewayId, Gateway> find(Collection<GatewayId> gateways) {
    return reading.get(table, gateways.stream().distinct().map(GatewayItem::key).toList()).stream()
        .map(GatewayItem::gateway)
        .collect(Collectors.toMap(it -> it.address().gateway(), Function.identity()));
  }

  @Override
  public List<Gateway> all() {
    List<Gateway> all = new ArrayList<>();
    reading.scan(
        ScanRequest.builder().tableName(table).consistentRead(true).build(),
        it -> all.add(GatewayItem.gateway(it)));
    all.sort(Comparator.comparing(it -> it.address().gateway()));
    return List.copyOf(all);
  }

  /// The presence of a gateway that sent a message at least once. Eventually consistent, at half
  /// the price.
  Optional<GatewayPresence> presence(GatewayId gateway) {
    return reading.get(table, GatewayItem.key(gateway), false).flatMap(GatewayItem::presence);
  }

  /// As [#presence], of several gateways.
  Map<GatewayId, GatewayPresence> presences(Collection<GatewayId> gateways) {
    return reading.get(table, gateways.stream().map(GatewayItem::key).toList(), false).stream()
        .flatMap(it -> GatewayItem.presence(it).stream())
        .collect(Collectors.toMap(it -> it.gateway().gateway(), Function.identity()));
  }

  @Override
  public boolean replace(Optional<Gateway> expected, Gateway next) {
    if (expected.equals(Optional.of(next))) {
      return find(next.address().gateway()).equals(expected);
    }
    PutItemRequest.Builder put =
        PutItemRequest.builder().tableName(table).item(GatewayItem.attributes(next));
    expected.ifPresentOrElse(
        it -> expect(put, GatewayItem.attributes(it)),
        () -> put.conditionExpression("attribute_not_exists(gateway)"));
    return calls.callIf(client -> client.putItem(put.build()));
  }

  private static void expect(PutItemRequest.Builder put, Map<String, AttributeValue> expected) {
    StringJoiner condition = new StringJoiner(" AND ");
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    for (String attribute : GatewayItem.ATTRIBUTES) {
      names.put("#" + attribute, attribute);
      AttributeValue value = expected.get(attribute);
      if (value == null) {
        condition.add("attribute_not_exists(#%s)".formatted(attribute));
      } else {
        condition.add("#%1$s = :%1$s".formatted(attribute));
        values.put(":" + attribute, value);
      }
    }
    put.conditionExpression(condition.toString())
        .expressionAttributeNames(names)
        .expressionAttributeValues(values);
  }
}
