package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.cloud.core.gateway.GatewayCodec;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A gateway's record as an item. Equal records give equal items, so comparing all attributes
/// compares records.
final class GatewayItem {
  /// The attributes beside the key.
  static final List<String> ATTRIBUTES =
      List.of("gym", "online", "since", "lastHeard", "outboxDepth", "coverage", "arrears");

  private GatewayItem() {}

  static Map<String, AttributeValue> key(GatewayId gateway) {
    return Item.build().text("gateway", gateway.value()).attributes();
  }

  static Map<String, AttributeValue> attributes(Gateway gateway) {
    Item.Builder item =
        Item.build()
            .text("gateway", gateway.address().gateway().value())
            .text("gym", gateway.address().gym().value())
            .text("coverage", GatewayCodec.encode(gateway.coverage()))
            .text("arrears", GatewayCodec.encode(gateway.backlog()));
    gateway
        .presence()
        .ifPresent(
            it ->
                item.flag("online", it.online())
                    .time("since", it.since())
                    .time("lastHeard", it.lastHeardAt())
                    .number("outboxDepth", it.outboxDepth()));
    return item.attributes();
  }

  static Gateway gateway(Item item) {
    try {
      return new Gateway(
          address(item),
          presence(item),
          GatewayCodec.coverage(item.text("coverage")),
          GatewayCodec.backlog(item.text("arrears")));
    } catch (IllegalArgumentException e) {
      throw new StoreUnavailableException("the store holds a damaged gateway's record", e);
    }
  }

  /// Empty if no message of the gateway was received.
  static Optional<GatewayPresence> presence(Item item) {
    if (!item.attributes().containsKey("online")) {
      return Optional.empty();
    }
    return Optional.of(
        new GatewayPresence(
            address(item),
            item.flag("online"),
            item.time("since"),
            item.time("lastHeard"),
            item.number("outboxDepth")));
  }

  private static GatewayAddress address(Item item) {
    return new GatewayAddress(new GymId(item.text("gym")), new GatewayId(item.text("gateway")));
  }
}
