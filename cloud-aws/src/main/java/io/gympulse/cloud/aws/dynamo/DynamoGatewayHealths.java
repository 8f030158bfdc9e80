package io.gympulse.cloud.aws.dynamo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gympulse.cloud.core.gateway.GatewayHealths;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.codec.DecodeResult;
import io.gympulse.contract.codec.GatewayHealthCodec;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.message.GatewayHealth;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/// An item per gateway, which a later health replaces as a whole.
final class DynamoGatewayHealths implements GatewayHealths {
  private final String table;
  private final DynamoCalls calls;
  private final ItemReader reading;

  DynamoGatewayHealths(DynamoContext context) {
    this.table = context.tables().name(Tables.GATEWAY_HEALTH);
    this.calls = context.calls();
    this.reading = context.reading();
  }

  @Override
  public boolean offer(ReceivedHealth health) {
    Map<String, AttributeValue> item =
        Item.build()
            .text("gateway", health.health().from().gateway().value())
            .time("reportedAt", health.reportedAt())
            .time("receivedAt", health.receivedAt())
            .text("health", new String(GatewayHealthCodec.encode(health.health()), UTF_8))
            .attributes();
    PutItemRequest put =
        PutItemRequest.builder()
            .tableName(table)
            .item(item)
            .conditionExpression("attribute_not_exists(gateway) OR reportedAt <= :reportedAt")
            .expressionAttributeValues(
                Item.build().time(":reportedAt", health.reportedAt()).attributes())
            .build();
    return calls.callIf(client -> client.putItem(put));
  }

  @Override
  public Optional<ReceivedHealth> find(GatewayId gateway) {
    return find(gateway, true);
  }

  /// @param consistent whether a write that has returned is seen for certain; twice the price
  Optional<ReceivedHealth> find(GatewayId gateway, boolean consistent) {
    return reading
        .get(table, GatewayItem.key(gateway), consistent)
        .map(DynamoGatewayHealths::health);
  }

  private static ReceivedHealth health(Item item) {
    return switch (GatewayHealthCodec.decode(item.text("health").getBytes(UTF_8))) {
      case DecodeResult.Valid<GatewayHealth>(GatewayHealth it) ->
          new ReceivedHealth(it, item.time("receivedAt"));
      case DecodeResult.Invalid<GatewayHealth> it ->
          throw new StoreUnavailableException(
              "the store holds damaged health of %s: %s"
                  .formatted(item.text("gateway"), it.rejection()),
              null);
    };
  }
}
