package io.gympulse.cloud.aws.dynamo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Capacity;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/// An interceptor that counts the read and write units consumed by a client's calls, as returned by
/// DynamoDB, per table and index.
///
/// The response of a failed conditional write does not contain its units, so they are not counted.
/// Safe for any number of threads.
public final class CapacityMeter implements ExecutionInterceptor {
  private static final ReturnConsumedCapacity ALL = ReturnConsumedCapacity.INDEXES;

  private final Map<String, DoubleAdder> reads = new ConcurrentHashMap<>();
  private final Map<String, DoubleAdder> writes = new ConcurrentHashMap<>();

  /// Read units by table, and by `table/index`.
  public Map<String, Double> reads() {
    return sums(reads);
  }

  /// Write units by table, and by `table/index`.
  public Map<String, Double> writes() {
    return sums(writes);
  }

  /// All write units so far.
  public double written() {
    return writes.values().stream().mapToDouble(DoubleAdder::sum).sum();
  }

  /// All read units so far.
  public double read() {
    return reads.values().stream().mapToDouble(DoubleAdder::sum).sum();
  }

  private static Map<String, Double> sums(Map<String, DoubleAdder> units) {
    Map<String, Double> sums = new TreeMap<>();
    units.forEach((name, sum) -> sums.put(name, sum.sum()));
    return sums;
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    return switch (context.request()) {
      case GetItemRequest it -> it.toBuilder().returnConsumedCapacity(ALL).build();
      case BatchGetItemRequest it -> it.toBuilder().returnConsumedCapacity(ALL).build();
      case QueryRequest it -> it.toBuilder().returnConsumedCapacity(ALL).build();
      case ScanRequest it -> it.toBuilder().returnConsumedCapacity(ALL).build();
      case PutItemRequest it -> it.toBuilder().returnConsumedCapacity(ALL).build();
      case UpdateItemRequest it -> it.toBuilder().returnConsumedCapacity(ALL).build();
      case DeleteItemRequest it -> it.toBuilder().returnConsumedCapacity(ALL).build();
      case BatchWriteItemRequest it -> it.toBuilder().returnConsumedCapacity(ALL).build();
      case TransactWriteItemsRequest it -> it.toBuilder().returnConsumedCapacity(ALL).build();
      default -> context.request();
    };
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    count(context.response());
  }

  private void count(SdkResponse response) {
    switch (response) {
      case GetItemResponse it -> count(reads, it.consumedCapacity());
      case BatchGetItemResponse it -> it.consumedCapacity().forEach(one -> count(reads, one));
      case QueryResponse it -> count(reads, it.consumedCapacity());
      case ScanResponse it -> count(reads, it.consumedCapacity());
      case PutItemResponse it -> count(writes, it.consumedCapacity());
      case UpdateItemResponse it -> count(writes, it.consumedCapacity());
      case DeleteItemResponse it -> count(writes, it.consumedCapacity());
      case BatchWriteItemResponse it -> it.consumedCapacity().forEach(one -> count(writes, one));
      case TransactWriteItemsResponse it ->
          it.consumedCapacity().forEach(one -> count(writes, one));
      default -> {}
    }
  }

  private static void count(Map<String, DoubleAdder> units, @Nullable ConsumedCapacity consumed) {
    if (consumed == null) {
      return;
    }
    String table = consumed.tableName();
    add(units, table, consumed.table());
    for (var indexes :
        List.of(consumed.globalSecondaryIndexes(), consumed.localSecondaryIndexes())) {
      indexes.forEach((name, capacity) -> add(units, table + "/" + name, capacity));
    }
  }

  private static void add(
      Map<String, DoubleAdder> units, String name, @Nullable Capacity capacity) {
    if (capacity != null && capacity.capacityUnits() != null) {
      units.computeIfAbsent(name, _ -> new DoubleAdder()).add(capacity.capacityUnits());
    }
  }
}
