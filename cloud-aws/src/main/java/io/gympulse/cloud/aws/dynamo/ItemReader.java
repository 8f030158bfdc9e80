package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.page.Page;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/// Reads items, with all pages, strongly consistent unless stated otherwise.
final class ItemReader {
  private static final int MOST_KEYS = 100;

  private final DynamoCalls calls;

  ItemReader(DynamoCalls calls) {
    this.calls = calls;
  }

  Optional<Item> get(String table, Map<String, AttributeValue> key) {
    return get(table, key, true);
  }

  /// @param consistent strongly consistent; else eventually consistent, at half the price
  Optional<Item> get(String table, Map<String, AttributeValue> key, boolean consistent) {
    GetItemRequest request =
        GetItemRequest.builder().tableName(table).key(key).consistentRead(consistent).build();
    return calls.call(
        client -> {
          var response = client.getItem(request);
          return response.hasItem() ? Optional.of(new Item(response.item())) : Optional.empty();
        });
  }

  /// Those that exist, in any order.
  List<Item> get(String table, Collection<Map<String, AttributeValue>> keys) {
    return get(table, keys, true);
  }

  /// Those that exist, in any order.
  ///
  /// @param consistent strongly consistent; else eventually consistent, at half the price
  List<Item> get(String table, Collection<Map<String, AttributeValue>> keys, boolean consistent) {
    List<Item> found = new ArrayList<>();
    List<Map<String, AttributeValue>> all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += MOST_KEYS) {
      var some = all.subList(from, Math.min(all.size(), from + MOST_KEYS));
      batch(Map.of(table, keys(some, consistent)), (_, item) -> found.add(item));
    }
    return found;
  }

  /// One item of each of several tables, eventually consistent, by one call.
  ///
  /// @param keys by table
  /// @return those that exist, by table
  Map<String, Item> getFromEach(Map<String, Map<String, AttributeValue>> keys) {
    Map<String, KeysAndAttributes> wanted = new HashMap<>();
    keys.forEach((table, key) -> wanted.put(table, keys(List.of(key), false)));
    Map<String, Item> found = new HashMap<>();
    batch(wanted, found::put);
    return found;
  }

  private static KeysAndAttributes keys(
      List<Map<String, AttributeValue>> keys, boolean consistent) {
    return KeysAndAttributes.builder().keys(keys).consistentRead(consistent).build();
  }

  /// @param wanted by table
  /// @param found receives each item with its table
  private void batch(Map<String, KeysAndAttributes> wanted, BiConsumer<String, Item> found) {
    Map<String, KeysAndAttributes> left = new HashMap<>(wanted);
    calls.repeat(
        () -> {
          BatchGetItemResponse response =
              calls.call(client -> client.batchGetItem(it -> it.requestItems(left)));
          response
              .responses()
              .forEach((table, some) -> some.forEach(it -> found.accept(table, new Item(it))));
          left.clear();
          left.putAll(response.unprocessedKeys());
          return left.isEmpty();
        });
  }

  /// Reads pages lazily. The request defines the consistency: an index is eventually consistent.
  Iterable<Item> query(QueryRequest request) {
    return () -> new Pages(request);
  }

  /// The keys of the items that are due, the longest due first, by the index [Tables#BY_DUE].
  List<Item> due(String table, Instant now, int limit) {
    return list(
        QueryRequest.builder()
            .tableName(table)
            .indexName(Tables.BY_DUE.name())
            .keyConditionExpression("#in = :in AND #due <= :now")
            .expressionAttributeNames(Map.of("#in", "dueIn", "#due", "due"))
            .expressionAttributeValues(
                Item.build().text(":in", Tables.DUE_PARTITION).time(":now", now).attributes())
            .limit(limit)
            .build());
  }

  /// All items, or as many as the request's limit.
  List<Item> list(QueryRequest request) {
    int most = request.limit() == null ? Integer.MAX_VALUE : request.limit();
    List<Item> items = new ArrayList<>();
    Iterator<Item> all = query(request).iterator();
    while (items.size() < most && all.hasNext()) {
      items.add(all.next());
    }
    return items;
  }

  /// One page of the table, with at most as many items as the request's limit.
  Page<Item, Item> page(ScanRequest request) {
    ScanResponse response = calls.call(client -> client.scan(request));
    return new Page<>(
        response.items().stream().map(Item::new).toList(),
        response.lastEvaluatedKey().isEmpty()
            ? Optional.empty()
            : Optional.of(new Item(response.lastEvaluatedKey())));
  }

  /// The whole table.
  void scan(ScanRequest request, Consumer<Item> reader) {
    ScanRequest next = request;
    while (true) {
      ScanRequest page = next;
      ScanResponse response = calls.call(client -> client.scan(page));
      response.items().forEach(it -> reader.accept(new Item(it)));
      if (response.lastEvaluatedKey().isEmpty()) {
        return;
      }
      next = request.toBuilder().exclusiveStartKey(response.lastEvaluatedKey()).build();
    }
  }

  private final class Pages implements Iterator<Item> {
    private final Queue<Item> page = new ArrayDeque<>();
    private Optional<QueryRequest> next;

    Pages(QueryRequest first) {
      this.next = Optional.of(first);
    }

    @Override
    public boolean hasNext() {
      while (page.isEmpty() && next.isPresent()) {
        read(next.get());
      }
      return !page.isEmpty();
    }

    private void read(QueryRequest request) {
      QueryResponse response = calls.call(client -> client.query(request));
      response.items().forEach(it -> page.add(new Item(it)));
      next =
          response.lastEvaluatedKey().isEmpty()
              ? Optional.empty()
              : Optional.of(
                  request.toBuilder().exclusiveStartKey(response.lastEvaluatedKey()).build());
    }

    @Override
    public Item next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return page.remove();
    }
  }
}
