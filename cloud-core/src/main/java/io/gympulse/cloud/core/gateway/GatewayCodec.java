package io.gympulse.cloud.core.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.core.aggregate.AggregationBacklog;
import io.gympulse.cloud.core.aggregate.AggregationBacklog.DirtyWindow;
import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.aggregate.Coverage.OutboxCoverage;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.json.JsonTree;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// Coverage and aggregation backlog as JSON, for stores that keep them as text; times in epoch
/// milliseconds. Equal values give equal texts.
///
/// Coverage: `{"<outbox>":{"from":1,"to":2},...}`, either end absent while it is not known.
/// Backlog: `{"computed":<coverage>,"markings":<version>,"late":{"<category>":{"<window's
/// start>":<version>}}}`.
public final class GatewayCodec {
  private static final JsonTree JSON = JsonTree.standard();

  private GatewayCodec() {}

  public static String encode(Coverage coverage) {
    return JsonTree.text(tree(coverage));
  }

  private static ObjectNode tree(Coverage coverage) {
    ObjectNode tree = JsonTree.object();
    coverage
        .outboxes()
        .forEach(
            (outbox, it) -> {
              ObjectNode ends = tree.putObject(outbox.toString());
              it.from().ifPresent(from -> ends.put("from", from.toEpochMilli()));
              it.to().ifPresent(to -> ends.put("to", to.toEpochMilli()));
            });
    return tree;
  }

  public static String encode(AggregationBacklog backlog) {
    ObjectNode tree = JsonTree.object();
    tree.set("computed", tree(backlog.computed()));
    tree.put("markings", backlog.version());
    ObjectNode dirty = tree.putObject("late");
    backlog
        .dirty()
        .forEach(
            (it, version) ->
                dirty
                    .withObjectProperty(it.category().value())
                    .put(Long.toString(it.window().start().toEpochMilli()), version));
    return JsonTree.text(tree);
  }

  /// @throws IllegalArgumentException if the text is not a coverage
  public static Coverage coverage(String text) {
    return coverage(read(text));
  }

  private static Coverage coverage(JsonNode tree) {
    Map<OutboxId, OutboxCoverage> outboxes = new HashMap<>();
    tree.properties()
        .forEach(
            it ->
                outboxes.put(
                    new OutboxId(UUID.fromString(it.getKey())),
                    new OutboxCoverage(time(it.getValue(), "from"), time(it.getValue(), "to"))));
    return Coverage.of(outboxes);
  }

  /// @throws IllegalArgumentException if the text is not a backlog
  public static AggregationBacklog backlog(String text) {
    JsonNode tree = read(text);
    NavigableMap<DirtyWindow, Long> dirty = new TreeMap<>();
    tree.path("late")
        .properties()
        .forEach(
            category ->
                category
                    .getValue()
                    .properties()
                    .forEach(
                        it ->
                            dirty.put(
                                window(category.getKey(), it.getKey()),
                                it.getValue().longValue())));
    return new AggregationBacklog(
        coverage(tree.path("computed")), dirty, tree.path("markings").longValue());
  }

  private static DirtyWindow window(String category, String start) {
    Instant at = Instant.ofEpochMilli(Long.parseLong(start));
    return new DirtyWindow(new CategoryId(category), new Window(at));
  }

  private static Optional<Instant> time(JsonNode node, String field) {
    return Optional.ofNullable(node.get(field)).map(it -> Instant.ofEpochMilli(it.longValue()));
  }

  private static JsonNode read(String text) {
    try {
      return JSON.read(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a gateway's record: " + e.getOriginalMessage(), e);
    }
  }
}
