package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.broadcast.StreamConnection;
import io.gympulse.cloud.core.broadcast.StreamConnection.ConnectionId;
import io.gympulse.cloud.core.broadcast.SubscriptionFilter;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A stream connection as an item, with a version for compare-and-set.
///
/// @param version counts the writes of the item, from 1
record ConnectionItem(StreamConnection connection, long version) {

  static ConnectionItem of(Item item) {
    return new ConnectionItem(
        new StreamConnection(
            new ConnectionId(item.text("connection")),
            item.optionalText("user").map(UserId::new),
            new SubscriptionFilter(
                item.optionalText("gym").map(GymId::new),
                item.optionalText("category").map(CategoryId::new),
                item.optionalText("machine").map(MachineId::new)),
            item.time("until")),
        item.number("version"));
  }

  Map<String, AttributeValue> attributes() {
    SubscriptionFilter filter = connection.filter();
    return Item.build()
        .text("connection", connection.id().value())
        .text("user", connection.user().map(UserId::value))
        .text("gym", filter.gym().map(GymId::value))
        .text("category", filter.category().map(CategoryId::value))
        .text("machine", filter.machine().map(MachineId::value))
        .time("until", connection.expiresAt())
        .number(Tables.EXPIRES, connection.expiresAt().plusMillis(999).getEpochSecond())
        .number("version", version)
        .attributes();
  }
}
