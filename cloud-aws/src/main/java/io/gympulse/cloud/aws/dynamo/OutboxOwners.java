package io.gympulse.cloud.aws.dynamo;

import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.OutboxId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/// The gateway that owns an outbox: an item per outbox, written once. An owner never changes, so
/// each process reads it once and caches it. Safe for any number of threads.
final class OutboxOwners {
  /// Ids come from outside: the cache is bounded.
  private static final int MOST_CACHED = 50_000;

  private final String table;
  private final DynamoCalls calls;
  private final ItemReader reading;
  private final Map<OutboxId, GatewayId> known = new ConcurrentHashMap<>();

  OutboxOwners(DynamoContext context) {
    this.table = context.tables().name(Tables.OUTBOXES);
    this.calls = context.calls();
    this.reading = context.reading();
  }

  /// The owner of the outbox. An outbox without an owner becomes `candidate`'s.
  GatewayId owner(OutboxId outbox, GatewayId candidate) {
    GatewayId cached = known.get(outbox);
    if (cached != null) {
      return cached;
    }
    GatewayId owner = stored(outbox, candidate);
    if (known.size() >= MOST_CACHED) {
      known.clear();
    }
    known.put(outbox, owner);
    return owner;
  }

  private GatewayId stored(OutboxId outbox, GatewayId candidate) {
    Map<String, AttributeValue> key = Item.build().text("outbox", outbox.toString()).attributes();
    return reading
        .get(table, key)
        .map(it -> new GatewayId(it.text("gateway")))
        .orElseGet(() -> assign(outbox, candidate) ? candidate : stored(outbox, candidate));
  }

  /// @return whether it had no owner before
  private boolean assign(OutboxId outbox, GatewayId candidate) {
    PutItemRequest put =
        PutItemRequest.builder()
            .tableName(table)
            .item(
                Item.build()
                    .text("outbox", outbox.toString())
                    .text("gateway", candidate.value())
                    .attributes())
            .conditionExpression("attribute_not_exists(outbox)")
            .build();
    return calls.callIf(client -> client.putItem(put));
  }
}
