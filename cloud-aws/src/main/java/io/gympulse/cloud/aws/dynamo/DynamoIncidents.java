package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.incident.Incident;
import io.gympulse.cloud.core.incident.IncidentCodec;
import io.gympulse.cloud.core.incident.Incidents;
import io.gympulse.cloud.core.incident.Subject;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// An item per incident: the whole as JSON, beside it what it is looked up by. What is out stands
/// in a table of its own as well, written in the same transaction: a step of an incident changes
/// one or two of them, a transaction takes 99.
final class DynamoIncidents implements Incidents {
  private static final Comparator<Incident> OLDEST_FIRST =
      Comparator.comparing(Incident::since).thenComparing(Incident::id);
  private static final String OPEN = "open";

  private final String incidents;
  private final String subjects;
  private final DynamoCalls calls;
  private final ItemReader reading;

  DynamoIncidents(DynamoContext connection) {
    this.incidents = connection.tables().name(Tables.INCIDENTS);
    this.subjects = connection.tables().name(Tables.INCIDENT_SUBJECTS);
    this.calls = connection.calls();
    this.reading = connection.reading();
  }

  @Override
  public boolean create(Incident incident) {
    return write(
        put(incident)
            .conditionExpression("attribute_not_exists(#version)")
            .expressionAttributeNames(Map.of("#version", "version"))
            .build(),
        Set.of(),
        incident);
  }

  @Override
  public boolean replace(Incident expected, Incident next) {
    return write(
        put(next)
            .conditionExpression("#version = :version")
            .expressionAttributeNames(Map.of("#version", "version"))
            .expressionAttributeValues(
                Item.build().number(":version", expected.version()).attributes())
            .build(),
        keys(expected),
        next);
  }

  private boolean write(Put incident, Set<String> before, Incident next) {
    Set<String> after = keys(next);
    List<TransactWriteItem> writes = new ArrayList<>();
    writes.add(TransactWriteItem.builder().put(incident).build());
    for (String added : minus(after, before)) {
      writes.add(
          TransactWriteItem.builder()
              .put(it -> it.tableName(subjects).item(subject(added, next.id())))
              .build());
    }
    for (String removed : minus(before, after)) {
      writes.add(
          TransactWriteItem.builder()
              .delete(it -> it.tableName(subjects).key(subject(removed, next.id())))
              .build());
    }
    return calls.transact(writes);
  }

  private static Set<String> keys(Incident incident) {
    return incident.out().stream().map(Subject::key).collect(Collectors.toSet());
  }

  private static Set<String> minus(Set<String> some, Set<String> others) {
    Set<String> left = new HashSet<>(some);
    left.removeAll(others);
    return left;
  }

  private static Map<String, AttributeValue> subject(String key, String incident) {
    return Item.build().text("subject", key).text("incident", incident).attributes();
  }

  private Put.Builder put(Incident incident) {
    Item.Builder item =
        Item.build()
            .text("incident", incident.id())
            .number("version", incident.version())
            .text("content", IncidentCodec.encode(incident));
    if (incident.isOpen()) {
      item.text("openIn", OPEN).time("since", incident.since());
    }
    // While a delivery is under way the table must not remove it.
    incident
        .closedAt()
        .filter(_ -> incident.due().isEmpty())
        .ifPresent(it -> item.expires(it.plus(KEPT)));
    incident.due().ifPresent(it -> item.text("dueIn", Tables.DUE_PARTITION).time("due", it));
    return Put.builder().tableName(incidents).item(item.attributes());
  }

  @Override
  public Optional<Incident> find(String id) {
    return reading
        .get(incidents, Item.build().text("incident", id).attributes())
        .map(DynamoIncidents::incident);
  }

  @Override
  public Optional<Incident> openFor(Subject subject) {
    QueryRequest about =
        QueryRequest.builder()
            .tableName(subjects)
            .consistentRead(true)
            .keyConditionExpression("#subject = :subject")
            .expressionAttributeNames(Map.of("#subject", "subject"))
            .expressionAttributeValues(Item.build().text(":subject", subject.key()).attributes())
            .build();
    return whole(reading.list(about)).stream()
        .filter(it -> it.isOpen() && keys(it).contains(subject.key()))
        .min(OLDEST_FIRST);
  }

  /// The index follows the table by a moment: an incident opened a moment ago may be missing.
  @Override
  public Page<Incident, Incident.Cursor> open(Optional<Incident.Cursor> after, int size) {
    QueryRequest.Builder open =
        QueryRequest.builder()
            .tableName(incidents)
            .indexName(Tables.BY_OPEN.name())
            .keyConditionExpression("#in = :in")
            .expressionAttributeNames(Map.of("#in", "openIn"))
            .expressionAttributeValues(Item.build().text(":in", OPEN).attributes())
            .limit(Page.requireSize(size));
    after.ifPresent(
        it ->
            open.exclusiveStartKey(
                Item.build()
                    .text("openIn", OPEN)
                    .time("since", it.since())
                    .text("incident", it.id())
                    .attributes()));
    List<Item> found = reading.list(open.build());
    List<Incident> incidents =
        whole(found).stream().filter(Incident::isOpen).sorted(OLDEST_FIRST).toList();
    return new Page<>(
        incidents,
        found.size() < size
            ? Optional.empty()
            : Optional.of(
                new Incident.Cursor(
                    found.getLast().time("since"), found.getLast().text("incident"))));
  }

  @Override
  public List<Incident> due(Instant now, int limit) {
    return whole(reading.due(incidents, now, limit)).stream()
        .filter(it -> it.due().filter(at -> !at.isAfter(now)).isPresent())
        .sorted(Comparator.comparing(it -> it.due().orElseThrow()))
        .limit(limit)
        .toList();
  }

  private List<Incident> whole(List<Item> found) {
    List<Map<String, AttributeValue>> keys = found.stream().map(it -> it.only("incident")).toList();
    return reading.get(incidents, keys).stream().map(DynamoIncidents::incident).toList();
  }

  private static Incident incident(Item item) {
    try {
      return IncidentCodec.decode(item.text("content"));
    } catch (IllegalArgumentException e) {
      throw new StoreUnavailableException("the store holds a damaged incident", e);
    }
  }
}
