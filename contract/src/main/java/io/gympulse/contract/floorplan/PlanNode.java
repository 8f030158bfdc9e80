package io.gympulse.contract.floorplan;

import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.contract.text.UnicodeText;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// A node of a floor-plan file and its path; what is amiss is refused with that path.
final class PlanNode {
  private static final int MAX_QUOTED_CHARS = 80;
  private static final int MAX_MESSAGE_CHARS = 1_000;

  private final JsonNode node;
  private final String path;

  private PlanNode(JsonNode node, String path) {
    this.node = node;
    this.path = path;
  }

  static PlanNode root(JsonNode node) {
    return new PlanNode(node, "");
  }

  void allow(String... names) {
    if (!node.isObject()) {
      throw refused("is not an object");
    }
    Set<String> known = Set.of(names);
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw refused(
                    "'%s' is not known here; use %s".formatted(quoted(name), List.of(names)));
              }
            });
  }

  PlanNode child(String name) {
    JsonNode child = node.get(name);
    PlanNode found = new PlanNode(node, path.isEmpty() ? name : path + "." + name);
    if (child == null) {
      throw found.refused("is missing");
    }
    return new PlanNode(child, found.path);
  }

  boolean has(String name) {
    return node.has(name);
  }

  Optional<PlanNode> optional(String name) {
    return has(name) ? Optional.of(child(name)) : Optional.empty();
  }

  Refused absent(String name, String remedy) {
    return new PlanNode(node, path.isEmpty() ? name : path + "." + name)
        .refused("is missing; " + remedy);
  }

  boolean isFalse() {
    return node.isBoolean() && !node.booleanValue();
  }

  /// The elements of an array, or this one alone.
  List<PlanNode> elementsOrSelf() {
    return node.isArray() ? elements() : List.of(this);
  }

  /// The texts of one value, or of a list of them: texts, numbers or booleans.
  List<String> scalars() {
    return elementsOrSelf().stream().map(PlanNode::scalar).toList();
  }

  private String scalar() {
    if (!node.isTextual() && !node.isNumber() && !node.isBoolean()) {
      throw refused("is no text, number or boolean, nor a list of those");
    }
    return node.isTextual() ? text() : node.isNumber() ? numeral() : node.asText();
  }

  private String numeral() {
    number();
    return node.asText();
  }

  List<PlanNode> elements() {
    if (!node.isArray()) {
      throw refused("is not an array");
    }
    List<PlanNode> elements = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      elements.add(new PlanNode(node.get(i), path + "[" + i + "]"));
    }
    return elements;
  }

  String text() {
    if (!node.isTextual()) {
      throw refused("is not a text");
    }
    if (!UnicodeText.isWellFormed(node.textValue())) {
      throw refused("is not well-formed Unicode: it holds half a character");
    }
    return node.textValue();
  }

  boolean bool() {
    if (!node.isBoolean()) {
      throw refused("is neither true nor false");
    }
    return node.booleanValue();
  }

  double number() {
    if (!node.isNumber()) {
      throw refused("is not a number");
    }
    if (!Double.isFinite(node.doubleValue())) {
      throw refused("is a number beyond all bounds");
    }
    return node.doubleValue();
  }

  int integer() {
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw refused("is not a whole number");
    }
    return node.intValue();
  }

  Duration millis(String name) {
    return node.has(name) ? Duration.ofMillis(Math.round(child(name).number())) : Duration.ZERO;
  }

  Duration seconds(String name) {
    return node.has(name)
        ? Duration.ofMillis(Math.round(child(name).number() * 1000))
        : Duration.ZERO;
  }

  <T> T parse(Function<String, T> constructor) {
    String text = text();
    return checked(() -> constructor.apply(text));
  }

  <T> T named(Function<String, Optional<T>> lookup, String expected) {
    String text = text();
    return lookup
        .apply(text)
        .orElseThrow(() -> refused("'%s' is not one of %s".formatted(quoted(text), expected)));
  }

  <T> T checked(Supplier<T> construction) {
    try {
      return construction.get();
    } catch (IllegalArgumentException | DateTimeException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private static String quoted(String text) {
    return UnicodeText.abridged(text, MAX_QUOTED_CHARS);
  }

  Refused refused(String what) {
    return new Refused(path.isEmpty() ? what : "field %s: %s".formatted(path, what));
  }

  /// Ends the reading of one file; never leaves this package.
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(UnicodeText.abridged(message, MAX_MESSAGE_CHARS), null, false, false);
    }
  }
}
