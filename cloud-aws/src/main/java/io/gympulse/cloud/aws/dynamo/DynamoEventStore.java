package io.gympulse.cloud.aws.dynamo;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.gympulse.cloud.core.event.EventStore;
import io.gympulse.cloud.core.event.EventStore.StoredEvent;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.cloud.core.event.Retention;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.StatusReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// Events as attributes of one item per machine, hour and outbox. An attribute is set only if it
/// does not exist, so order, repetition and grouping of writes make no difference. Each write
/// returns the attributes' values, without extra cost, by which another content of the same name is
/// detected.
final class DynamoEventStore implements EventStore {
  /// Keeps an update expression well below 4 KB and 300 operators.
  private static final int MOST_PER_UPDATE = 100;

  private static final int PAGE = 4;

  private final String table;
  private final DynamoCalls calls;
  private final ItemReader reading;
  private final DynamoContext.Parallel parallel;
  private final OutboxOwners owners;
  private final Retention retention;

  DynamoEventStore(DynamoContext context, Retention retention) {
    this.table = context.tables().name(Tables.EVENTS);
    this.calls = context.calls();
    this.reading = context.reading();
    this.parallel = context.parallel();
    this.owners = new OutboxOwners(context);
    this.retention = retention;
  }

  @Override
  public List<MachineEvent> store(GatewayAddress from, OutboxId outbox, List<MachineEvent> events) {
    Map<EventBucket, List<MachineEvent>> buckets =
        events.stream()
            .collect(groupingBy(it -> EventBucket.of(outbox, it), LinkedHashMap::new, toList()));
    boolean own = owners.owner(outbox, from.gateway()).equals(from.gateway());
    List<Part> parts = new ArrayList<>();
    buckets.forEach(
        (bucket, all) -> {
          for (int first = 0; first < all.size(); first += MOST_PER_UPDATE) {
            List<MachineEvent> part =
                all.subList(first, Math.min(all.size(), first + MOST_PER_UPDATE));
            parts.add(new Part(bucket, part));
          }
        });
    Queue<MachineEvent> refused = new ConcurrentLinkedQueue<>();
    parallel.forEach(
        parts, it -> refused.addAll(it.differingFrom(own ? write(it, from) : read(it.bucket()))));
    return List.copyOf(refused);
  }

  /// Events of one item that are written together.
  private record Part(EventBucket bucket, List<MachineEvent> events) {

    /// The events that differ from the item's attributes, or are not in it.
    List<MachineEvent> differingFrom(Map<String, AttributeValue> stored) {
      return events.stream()
          .filter(
              it -> {
                EventAttribute own = EventAttribute.of(bucket, it);
                AttributeValue there = stored.get(own.name());
                return there == null || !own.value().equals(there.s());
              })
          .toList();
    }
  }

  /// Returns the item's values of the events' attributes after the write.
  private Map<String, AttributeValue> write(Part part, GatewayAddress from) {
    UpdateItemRequest update =
        update(
                part.bucket(),
                from.toString(),
                part.events().stream().map(it -> EventAttribute.of(part.bucket(), it)).toList())
            .toBuilder()
            .returnValues(ReturnValue.UPDATED_NEW)
            .build();
    return calls.call(client -> client.updateItem(update)).attributes();
  }

  private Map<String, AttributeValue> read(EventBucket bucket) {
    return reading.get(table, bucket.key()).map(Item::attributes).orElse(Map.of());
  }

  @Override
  public void store(StatusReport report) {
    EventBucket bucket = EventBucket.of(report);
    UpdateItemRequest update =
        update(bucket, report.gym().value(), List.of(EventAttribute.of(bucket, report)));
    calls.call(client -> client.updateItem(update));
  }

  /// Within one update, the first content of a name wins too: an expression may contain a path
  /// once.
  private UpdateItemRequest update(
      EventBucket bucket, String source, List<EventAttribute> attributes) {
    Map<String, String> values = new LinkedHashMap<>();
    attributes.forEach(it -> values.putIfAbsent(it.name(), it.value()));
    StringBuilder expression = new StringBuilder("SET #expires=:expires,#source=:source");
    Map<String, String> names =
        new HashMap<>(Map.of("#expires", Tables.EXPIRES, "#source", "source"));
    Map<String, AttributeValue> bound = new HashMap<>();
    // DynamoDB's time to live ignores items that expired more than five years ago.
    long expires = Math.max(bucket.expires(), retention.oldest().getEpochSecond());
    bound.put(":expires", AttributeValue.fromN(Long.toString(expires)));
    bound.put(":source", AttributeValue.fromS(source));
    values.forEach(
        (name, value) -> {
          String id = Integer.toString(names.size(), Character.MAX_RADIX);
          expression.append(",#%1$s=if_not_exists(#%1$s,:%1$s)".formatted(id));
          names.put("#" + id, name);
          bound.put(":" + id, AttributeValue.fromS(value));
        });
    return UpdateItemRequest.builder()
        .tableName(table)
        .key(bucket.key())
        .updateExpression(expression.toString())
        .expressionAttributeNames(names)
        .expressionAttributeValues(bound)
        .build();
  }

  @Override
  public List<HistoryEntry> history(MachineId machine, Instant from, Instant to) {
    return history(machine, from, to, true);
  }

  List<HistoryEntry> history(MachineId machine, Instant from, Instant to, boolean consistent) {
    Instant since = retention.clamp(from);
    if (!since.isBefore(to)) {
      return List.of();
    }
    List<HistoryEntry> entries = new ArrayList<>();
    QueryRequest buckets =
        buckets(machine, EventBucket.first(EventBucket.hour(since)), EventBucket.hour(to))
            .consistentRead(consistent)
            .build();
    reading.query(buckets).forEach(item -> entries(item).forEach(entries::add));
    return entries.stream()
        .filter(it -> !it.at().isBefore(since) && it.at().isBefore(to))
        .sorted(HistoryEntry.ORDER)
        .toList();
  }

  /// Reads buckets from the latest backwards, until an hour contains an entry.
  @Override
  public Optional<HistoryEntry> lastBefore(MachineId machine, Instant before) {
    Instant oldest = retention.oldest();
    if (!oldest.isBefore(before)) {
      return Optional.empty();
    }
    QueryRequest buckets =
        buckets(machine, EventBucket.first(EventBucket.hour(oldest)), EventBucket.hour(before))
            .consistentRead(true)
            .scanIndexForward(false)
            .limit(PAGE)
            .build();
    Optional<HistoryEntry> last = Optional.empty();
    for (Item item : reading.query(buckets)) {
      if (last.isPresent() && EventBucket.of(item).hour() < EventBucket.hour(last.get().at())) {
        return last;
      }
      last =
          Stream.concat(last.stream(), entries(item))
              .filter(it -> it.at().isBefore(before) && !it.at().isBefore(oldest))
              .max(HistoryEntry.ORDER);
    }
    return last;
  }

  private QueryRequest.Builder buckets(MachineId machine, String from, long lastHour) {
    return QueryRequest.builder()
        .tableName(table)
        .keyConditionExpression("machine = :machine AND slot BETWEEN :from AND :to")
        .expressionAttributeValues(
            Item.build()
                .text(":machine", machine.value())
                .text(":from", from)
                .text(":to", EventBucket.after(lastHour))
                .attributes());
  }

  private static Stream<HistoryEntry> entries(Item item) {
    EventBucket bucket = EventBucket.of(item);
    return attributes(item).map(it -> it.entry(bucket));
  }

  private static Stream<EventAttribute> attributes(Item item) {
    return item.attributes().entrySet().stream()
        .filter(it -> EventAttribute.isEvent(it.getKey()))
        .map(it -> new EventAttribute(it.getKey(), it.getValue().s()));
  }

  /// Reads the whole table into memory to put it in order.
  @Override
  public void forEach(Consumer<StoredEvent> reader) {
    List<StoredEvent> all = new ArrayList<>();
    scan(request().build(), all::add);
    all.sort(
        Comparator.comparing((StoredEvent it) -> it.outbox().toString())
            .thenComparing(it -> it.event().seq()));
    all.forEach(reader);
  }

  /// Reads the whole table.
  @Override
  public List<SeqRange> stored(OutboxId outbox) {
    List<SeqRange> ranges = new ArrayList<>();
    ScanRequest ofOutbox =
        request()
            .filterExpression("contains(slot, :outbox)")
            .expressionAttributeValues(
                Item.build().text(":outbox", EventBucket.infix(outbox)).attributes())
            .build();
    scan(ofOutbox, it -> ranges.add(it.event().standsFor()));
    return SeqRange.union(ranges);
  }

  /// Reads the whole table.
  @Override
  public long count() {
    LongAdder count = new LongAdder();
    scan(request().build(), _ -> count.increment());
    return count.sum();
  }

  private ScanRequest.Builder request() {
    return ScanRequest.builder().tableName(table).consistentRead(true);
  }

  private void scan(ScanRequest request, Consumer<StoredEvent> reader) {
    reading.scan(
        request,
        item -> {
          EventBucket bucket = EventBucket.of(item);
          bucket
              .outbox()
              .ifPresent(
                  outbox ->
                      attributes(item)
                          .forEach(it -> reader.accept(new StoredEvent(outbox, it.event(bucket)))));
        });
  }
}
