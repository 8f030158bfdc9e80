package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.forecast.CategoryModel;
import io.gympulse.cloud.core.forecast.CategoryModelCodec;
import io.gympulse.cloud.core.forecast.ForecastModels;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/// An item per gym and category.
final class DynamoForecastModels implements ForecastModels {
  private final String table;
  private final DynamoCalls calls;
  private final ItemReader reading;

  DynamoForecastModels(DynamoContext context) {
    this.table = context.tables().name(Tables.FORECAST_MODELS);
    this.calls = context.calls();
    this.reading = context.reading();
  }

  @Override
  public Optional<CategoryModel> find(GymId gym, CategoryId category) {
    return find(gym, category, true);
  }

  Optional<CategoryModel> find(GymId gym, CategoryId category, boolean consistent) {
    return reading.get(table, key(gym, category), consistent).map(DynamoForecastModels::model);
  }

  @Override
  public void put(GymId gym, CategoryId category, CategoryModel model) {
    PutItemRequest put =
        PutItemRequest.builder()
            .tableName(table)
            .item(
                Item.build()
                    .all(key(gym, category))
                    .time("fittedAt", model.fittedAt())
                    .bytes("model", CategoryModelCodec.encode(model))
                    .expires(model.fittedAt().plus(KEPT))
                    .attributes())
            .conditionExpression("attribute_not_exists(#fitted) OR #fitted <= :fitted")
            .expressionAttributeNames(Map.of("#fitted", "fittedAt"))
            .expressionAttributeValues(Item.build().time(":fitted", model.fittedAt()).attributes())
            .build();
    boolean _ = calls.callIf(client -> client.putItem(put));
  }

  private static Map<String, AttributeValue> key(GymId gym, CategoryId category) {
    return Item.build().text("gym", gym.value()).text("category", category.value()).attributes();
  }

  private static CategoryModel model(Item item) {
    try {
      return CategoryModelCodec.decode(item.bytes("model"));
    } catch (IllegalArgumentException e) {
      throw new StoreUnavailableException("the store holds a damaged model", e);
    }
  }
}
