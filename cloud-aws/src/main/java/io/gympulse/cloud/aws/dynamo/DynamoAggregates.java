package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.aggregate.Aggregates;
import io.gympulse.cloud.core.aggregate.BinCodec;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// An item per gym, category and window. Compare-and-set by the bytes of its machines.
final class DynamoAggregates implements Aggregates {
  private final String table;
  private final DynamoCalls calls;
  private final ItemReader reading;

  DynamoAggregates(DynamoContext context) {
    this.table = context.tables().name(Tables.AGGREGATES);
    this.calls = context.calls();
    this.reading = context.reading();
  }

  @Override
  public Optional<CategoryBin> find(BinKey key, Instant now) {
    return reading
        .get(table, key(key))
        .map(it -> bin(key.gym(), key.category(), it))
        .filter(it -> it.expiresAt().isAfter(now));
  }

  @Override
  public List<CategoryBin> range(
      GymId gym, CategoryId category, Instant from, Instant to, Instant now) {
    return range(gym, category, from, to, now, true);
  }

  List<CategoryBin> range(
      GymId gym, CategoryId category, Instant from, Instant to, Instant now, boolean consistent) {
    Instant expired = now.minus(CategoryBin.KEPT).minus(Window.LENGTH);
    Instant first = from.isAfter(expired) ? from : expired.plusMillis(1);
    if (!first.isBefore(to)) {
      return List.of();
    }
    QueryRequest windows =
        QueryRequest.builder()
            .tableName(table)
            .consistentRead(consistent)
            .keyConditionExpression("#scope = :scope AND #starts BETWEEN :first AND :last")
            .expressionAttributeNames(Map.of("#scope", "scope", "#starts", "starts"))
            .expressionAttributeValues(
                Item.build()
                    .text(":scope", scope(gym, category))
                    .time(":first", first)
                    .time(":last", to.minusMillis(1))
                    .attributes())
            .build();
    List<CategoryBin> bins = new ArrayList<>();
    reading.query(windows).forEach(it -> bins.add(bin(gym, category, it)));
    return List.copyOf(bins);
  }

  @Override
  public boolean replace(Optional<CategoryBin> expected, CategoryBin next) {
    PutItemRequest.Builder put =
        PutItemRequest.builder()
            .tableName(table)
            .item(
                Item.build()
                    .all(key(next.key()))
                    .bytes("machines", BinCodec.encode(next.machines()))
                    .number(Tables.EXPIRES, next.expiresAt().getEpochSecond())
                    .attributes())
            .expressionAttributeNames(Map.of("#machines", "machines"));
    expected.ifPresentOrElse(
        it ->
            put.conditionExpression("#machines = :expected")
                .expressionAttributeValues(
                    Item.build().bytes(":expected", BinCodec.encode(it.machines())).attributes()),
        () -> put.conditionExpression("attribute_not_exists(#machines)"));
    return calls.callIf(client -> client.putItem(put.build()));
  }

  private static String scope(GymId gym, CategoryId category) {
    return gym + "#" + category;
  }

  private static Map<String, AttributeValue> key(BinKey key) {
    return Item.build()
        .text("scope", scope(key.gym(), key.category()))
        .time("starts", key.window().start())
        .attributes();
  }

  private static CategoryBin bin(GymId gym, CategoryId category, Item item) {
    try {
      return new CategoryBin(
          new BinKey(gym, category, new Window(item.time("starts"))),
          BinCodec.decode(item.bytes("machines")));
    } catch (IllegalArgumentException e) {
      throw new StoreUnavailableException("the store holds a damaged aggregate", e);
    }
  }
}
