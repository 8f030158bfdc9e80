package io.gympulse.cloud.aws.dynamo;

import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.OutboxId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/// Which gateway an outbox belongs to: an item per outbox, written once. An owner never changes, so
/// that each process reads it once and remembers it. Safe for any number of threads.
final class OutboxOwners {
  /// Ids come from outside; a flood of them must not fill the memory.
  private static final int MOST_REMEMBERED = 50_000;

  private final String table;
  private final Calls calls;
  private final Reading reading;
  private final Map<OutboxId, GatewayId> known = new ConcurrentHashMap<>();

  OutboxOwners(Connection connection) {
    this.table = connection.tables().name(Tables.OUTBOXES);
    this.calls = connection.calls();
    this.reading = connection.reading();
  }

  /// Whose the outbox is: this gateway's, from now on, if it was nobody's.
  GatewayId owner(OutboxId outbox, GatewayId asking) {
    GatewayId remembered = known.get(outbox);
    if (remembered != null) {
      return remembered;
    }
    GatewayId owner = stored(outbox, asking);
    if (known.size() >= MOST_REMEMBERED) {
      known.clear();
    }
    known.put(outbox, owner);
    return owner;
  }

  private GatewayId stored(OutboxId outbox, GatewayId asking) {
    Map<String, AttributeValue> key = Item.build().text("outbox", outbox.toString()).attributes();
    return reading
        .get(table, key)
        .map(it -> new GatewayId(it.text("gateway")))
        .orElseGet(() -> isBound(outbox, asking) ? asking : stored(outbox, asking));
  }

  /// Whether it was nobody's until now.
  private boolean isBound(OutboxId outbox, GatewayId asking) {
    PutItemRequest put =
        PutItemRequest.builder()
            .tableName(table)
            .item(
                Item.build()
                    .text("outbox", outbox.toString())
                    .text("gateway", asking.value())
                    .attributes())
            .conditionExpression("attribute_not_exists(outbox)")
            .build();
    return calls.callIf(client -> client.putItem(put));
  }
}
