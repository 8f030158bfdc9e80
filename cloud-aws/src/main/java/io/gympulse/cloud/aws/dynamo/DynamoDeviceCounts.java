package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.device.DeviceCounts;
import io.gympulse.cloud.core.device.DeviceCounts.DeviceCount;
import io.gympulse.cloud.core.device.DeviceCounts.DeviceItem;
import io.gympulse.cloud.core.device.DeviceKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// An item per date and kind with its count, and an expiring one per counted device item. Both are
/// written in one transaction.
final class DynamoDeviceCounts implements DeviceCounts {
  private final String counts;
  private final String items;
  private final DynamoCalls calls;
  private final ItemReader reading;

  DynamoDeviceCounts(DynamoContext context) {
    this.counts = context.tables().name(Tables.DEVICE_COUNTS);
    this.items = context.tables().name(Tables.DEVICE_ITEMS);
    this.calls = context.calls();
    this.reading = context.reading();
  }

  @Override
  public boolean addOnce(DeviceItem item, Instant now) {
    return calls.transact(List.of(remember(item, now), add(item)));
  }

  private TransactWriteItem remember(DeviceItem item, Instant now) {
    Instant until = now.plus(REMEMBERED);
    return TransactWriteItem.builder()
        .put(
            it ->
                it.tableName(items)
                    .item(
                        Item.build()
                            .text("item", item.id().toString())
                            .time("until", until)
                            .number(Tables.EXPIRES, until.plusMillis(999).getEpochSecond())
                            .attributes())
                    .conditionExpression("attribute_not_exists(#until) OR #until <= :now")
                    .expressionAttributeNames(Map.of("#until", "until"))
                    .expressionAttributeValues(Item.build().time(":now", now).attributes()))
        .build();
  }

  private TransactWriteItem add(DeviceItem item) {
    return TransactWriteItem.builder()
        .update(
            it ->
                it.tableName(counts)
                    .key(
                        Item.build()
                            .text("date", item.date().toString())
                            .text("kind", item.kind().toString())
                            .attributes())
                    .updateExpression("ADD #count :one")
                    .expressionAttributeNames(Map.of("#count", "count"))
                    .expressionAttributeValues(Item.build().number(":one", 1).attributes()))
        .build();
  }

  @Override
  public List<DeviceCount> of(LocalDate date) {
    QueryRequest ofDate =
        QueryRequest.builder()
            .tableName(counts)
            .consistentRead(true)
            .keyConditionExpression("#date = :date")
            .expressionAttributeNames(Map.of("#date", "date"))
            .expressionAttributeValues(Item.build().text(":date", date.toString()).attributes())
            .build();
    List<DeviceCount> found = new ArrayList<>();
    for (Item item : reading.query(ofDate)) {
      String[] kind = item.text("kind").split("#", 2);
      found.add(new DeviceCount(date, new DeviceKind(kind[0], kind[1]), item.number("count")));
    }
    found.sort(Comparator.comparing(DeviceCount::kind));
    return List.copyOf(found);
  }
}
