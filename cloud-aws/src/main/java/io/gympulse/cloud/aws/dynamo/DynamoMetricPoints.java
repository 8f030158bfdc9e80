package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.device.MetricPoint;
import io.gympulse.cloud.core.device.MetricPoint.DeviceId;
import io.gympulse.cloud.core.device.MetricPoint.MetricName;
import io.gympulse.cloud.core.device.MetricPoints;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// An item per point. A device's points share a partition, sorted by metric and time.
final class DynamoMetricPoints implements MetricPoints {
  private static final int MOST_PER_BATCH = 25;

  /// Added to milliseconds, so that times before 1970 sort correctly.
  private static final long SHIFT = 1_000_000_000_000_000L;

  /// Less than every character of a metric's name and of a time.
  private static final String SEPARATOR = "#";

  private final String table;
  private final DynamoCalls calls;
  private final ItemReader reading;

  DynamoMetricPoints(DynamoContext context) {
    this.table = context.tables().name(Tables.METRIC_POINTS);
    this.calls = context.calls();
    this.reading = context.reading();
  }

  @Override
  public List<NotStored> put(List<MetricPoint> points) {
    Map<Map<String, AttributeValue>, MetricPoint> byKey = new LinkedHashMap<>();
    points.forEach(it -> byKey.put(key(it), it));
    List<Map<String, AttributeValue>> items = byKey.values().stream().map(this::item).toList();
    Set<Map<String, AttributeValue>> notStored = new HashSet<>();
    for (int from = 0; from < items.size(); from += MOST_PER_BATCH) {
      write(items.subList(from, Math.min(items.size(), from + MOST_PER_BATCH)))
          .forEach(it -> notStored.add(new Item(it).only("device", "point")));
    }
    List<NotStored> answer = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      if (notStored.contains(key(points.get(i)))) {
        answer.add(new NotStored(i, "the store is busy"));
      }
    }
    return List.copyOf(answer);
  }

  /// @return the items that were not written
  private List<Map<String, AttributeValue>> write(List<Map<String, AttributeValue>> items) {
    List<WriteRequest> left = new ArrayList<>();
    items.forEach(item -> left.add(WriteRequest.builder().putRequest(it -> it.item(item)).build()));
    calls.tryRepeatedly(
        () -> {
          Map<String, List<WriteRequest>> batch = Map.of(table, List.copyOf(left));
          BatchWriteItemResponse response =
              calls.call(client -> client.batchWriteItem(it -> it.requestItems(batch)));
          left.clear();
          left.addAll(response.unprocessedItems().getOrDefault(table, List.of()));
          return left.isEmpty();
        });
    return left.stream().map(it -> it.putRequest().item()).toList();
  }

  private static Map<String, AttributeValue> key(MetricPoint point) {
    return Item.build()
        .text("device", point.device().value())
        .text("point", sortKey(point.metric(), point.at()))
        .attributes();
  }

  private static String sortKey(MetricName metric, Instant at) {
    return metric + SEPARATOR + "%016d".formatted(at.toEpochMilli() + SHIFT);
  }

  private Map<String, AttributeValue> item(MetricPoint point) {
    return Item.build()
        .all(key(point))
        .decimal("value", point.value())
        .text("unit", point.unit())
        .text("metadata", point.metadata())
        .number(Tables.EXPIRES, point.at().plus(KEPT).plusMillis(999).getEpochSecond())
        .attributes();
  }

  @Override
  public List<MetricPoint> range(
      DeviceId device, MetricName metric, Instant from, Instant to, int most) {
    if (!from.isBefore(to)) {
      return List.of();
    }
    QueryRequest points =
        between(device, sortKey(metric, from), sortKey(metric, to.minusMillis(1)))
            .limit(most)
            .build();
    List<MetricPoint> found = new ArrayList<>();
    for (Item item : reading.query(points)) {
      if (found.size() == most) {
        break;
      }
      found.add(point(device, item));
    }
    return List.copyOf(found);
  }

  private QueryRequest.Builder between(DeviceId device, String from, String to) {
    return QueryRequest.builder()
        .tableName(table)
        .consistentRead(true)
        .keyConditionExpression("#device = :device AND #point BETWEEN :from AND :to")
        .expressionAttributeNames(Map.of("#device", "device", "#point", "point"))
        .expressionAttributeValues(
            Item.build()
                .text(":device", device.value())
                .text(":from", from)
                .text(":to", to)
                .attributes());
  }

  private static MetricName metric(Item item) {
    String point = item.text("point");
    return new MetricName(point.substring(0, point.lastIndexOf(SEPARATOR)));
  }

  private static MetricPoint point(DeviceId device, Item item) {
    String point = item.text("point");
    try {
      long at = Long.parseLong(point.substring(point.lastIndexOf(SEPARATOR) + 1)) - SHIFT;
      return new MetricPoint(
          device,
          metric(item),
          Instant.ofEpochMilli(at),
          item.decimal("value"),
          item.optionalText("unit"),
          item.text("metadata"));
    } catch (IllegalArgumentException e) {
      throw new StoreUnavailableException("the store holds a damaged point: " + point, e);
    }
  }
}
