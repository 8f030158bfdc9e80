package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// A registered gym as an item, without its machines. All gyms share one partition, so that they
/// are read in order, page by page.
record BranchItem(Gym gym, GatewayId gateway) {
  private static final String PARTITION = "all";

  static BranchItem of(FloorPlan plan) {
    return new BranchItem(plan.gym(), plan.gateway());
  }

  static BranchItem of(Item item) {
    try {
      return new BranchItem(
          new Gym(
              new GymId(item.text("gym")),
              item.text("name"),
              item.decimal("latitude"),
              item.decimal("longitude"),
              ZoneId.of(item.text("zone"))),
          new GatewayId(item.text("gateway")));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new StoreUnavailableException("the store holds a damaged branch", e);
    }
  }

  static Map<String, AttributeValue> key(GymId gym) {
    return Item.build().text("list", PARTITION).text("gym", gym.value()).attributes();
  }

  /// By gym id, eventually consistent.
  static QueryRequest list(String table, Optional<GymId> after, int limit) {
    Item.Builder values = Item.build().text(":list", PARTITION);
    after.ifPresent(it -> values.text(":after", it.value()));
    return QueryRequest.builder()
        .tableName(table)
        .keyConditionExpression(
            after.isEmpty() ? "#list = :list" : "#list = :list AND gym > :after")
        .expressionAttributeNames(Map.of("#list", "list"))
        .expressionAttributeValues(values.attributes())
        .limit(limit)
        .build();
  }

  Map<String, AttributeValue> attributes() {
    return Item.build()
        .all(key(gym.id()))
        .text("name", gym.name())
        .decimal("latitude", gym.latitude())
        .decimal("longitude", gym.longitude())
        .text("zone", gym.zone().getId())
        .text("gateway", gateway.value())
        .attributes();
  }
}
