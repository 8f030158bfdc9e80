package io.gympulse.cloud.core.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.arrears.Arrears;
import io.gympulse.cloud.core.arrears.Mark;
import io.gympulse.cloud.core.coverage.Coverage;
import io.gympulse.cloud.core.coverage.OutboxCoverage;
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

/// Coverage and arrears as JSON, for stores that keep them as text; times in epoch milliseconds.
/// Equal values give equal texts.
///
/// Coverage: `{"<outbox>":{"from":1,"to":2},...}`, either end absent while it is not proven.
/// Arrears: `{"computed":<coverage>,"markings":<number>,
/// "late":{"<category>":{"<window's start>":<number>}}}`.
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

  public static String encode(Arrears arrears) {
    ObjectNode tree = JsonTree.object();
    tree.set("computed", tree(arrears.computed()));
    tree.put("markings", arrears.markings());
    ObjectNode late = tree.putObject("late");
    arrears
        .late()
        .forEach(
            (mark, marking) ->
                late.withObjectProperty(mark.category().value())
                    .put(Long.toString(mark.window().start().toEpochMilli()), marking));
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

  /// @throws IllegalArgumentException if the text is not arrears
  public static Arrears arrears(String text) {
    JsonNode tree = read(text);
    NavigableMap<Mark, Long> late = new TreeMap<>();
    tree.path("late")
        .properties()
        .forEach(
            category ->
                category
                    .getValue()
                    .properties()
                    .forEach(
                        it ->
                            late.put(
                                mark(category.getKey(), it.getKey()), it.getValue().longValue())));
    return new Arrears(coverage(tree.path("computed")), late, tree.path("markings").longValue());
  }

  private static Mark mark(String category, String start) {
    Instant at = Instant.ofEpochMilli(Long.parseLong(start));
    return new Mark(new CategoryId(category), new Window(at));
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
