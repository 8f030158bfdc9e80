package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.page.Page;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/// Reads items, all pages of them, strongly consistent unless it says otherwise.
final class Reading {
  private static final int MOST_KEYS = 100;

  private final Calls calls;

  Reading(Calls calls) {
    this.calls = calls;
  }

  Optional<Item> get(String table, Map<String, AttributeValue> key) {
    return get(table, key, true);
  }

  /// @param consistent whether it is as it is now; else as it was a moment ago, at half the price
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
  /// @param consistent whether they are as they are now; else as they were a moment ago, at half
  ///     the price
  List<Item> get(String table, Collection<Map<String, AttributeValue>> keys, boolean consistent) {
    List<Item> found = new ArrayList<>();
    List<Map<String, AttributeValue>> all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += MOST_KEYS) {
      var some = all.subList(from, Math.min(all.size(), from + MOST_KEYS));
      batch(table, some, consistent, found::add);
    }
    return found;
  }

  private void batch(
      String table,
      List<Map<String, AttributeValue>> keys,
      boolean consistent,
      Consumer<Item> found) {
    List<Map<String, AttributeValue>> left = new ArrayList<>(keys);
    calls.repeat(
        () -> {
          KeysAndAttributes wanted =
              KeysAndAttributes.builder().keys(left).consistentRead(consistent).build();
          BatchGetItemResponse response =
              calls.call(
                  client -> client.batchGetItem(it -> it.requestItems(Map.of(table, wanted))));
          response
              .responses()
              .getOrDefault(table, List.of())
              .forEach(it -> found.accept(new Item(it)));
          left.clear();
          response.unprocessedKeys().values().forEach(it -> left.addAll(it.keys()));
          return left.isEmpty();
        });
  }

  /// Reads a page when it is needed. Consistency is the request's affair: an index has none.
  Iterable<Item> query(QueryRequest request) {
    return () -> new Pages(request);
  }

  /// All pages, or only as many items as the request's limit says.
  List<Item> list(QueryRequest request) {
    int most = request.limit() == null ? Integer.MAX_VALUE : request.limit();
    List<Item> items = new ArrayList<>();
    Iterator<Item> all = query(request).iterator();
    while (items.size() < most && all.hasNext()) {
      items.add(all.next());
    }
    return items;
  }

  /// A part of the table, of at most as many items as the request's limit says.
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
