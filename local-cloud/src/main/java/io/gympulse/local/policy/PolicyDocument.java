package io.gympulse.local.policy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.contract.text.UnicodeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An AWS IoT policy document, parsed once and bound to each device that connects.
///
/// Deny overrides allow, and a request to which no statement applies is denied. Documents with
/// conditions, unknown fields or duplicate fields are rejected. Immutable.
public final class PolicyDocument {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Set<String> FIELDS = Set.of("Sid", "Effect", "Action", "Resource");

  /// The values of the policy variables for one connection.
  ///
  /// @param clientId the MQTT client identifier of the connection
  /// @param thingName the thing that the connection's certificate belongs to
  /// @param attributes the thing's attributes
  public record Variables(String clientId, String thingName, Map<String, String> attributes) {

    public Variables {
      attributes = Map.copyOf(attributes);
    }
  }

  private record Statement(
      boolean allows, List<ResourcePattern> actions, List<ResourcePattern> resources) {

    Permissions.Statement bind(Variables variables) {
      return new Permissions.Statement(
          allows, bind(actions, variables), bind(resources, variables));
    }

    private static List<Glob> bind(List<ResourcePattern> patterns, Variables variables) {
      return patterns.stream().flatMap(pattern -> pattern.bind(variables).stream()).toList();
    }
  }

  private final String resourcePrefix;
  private final List<Statement> statements;

  private PolicyDocument(String resourcePrefix, List<Statement> statements) {
    this.resourcePrefix = resourcePrefix;
    this.statements = List.copyOf(statements);
  }

  /// Parses a document.
  ///
  /// @param region the region in the ARNs of requested resources
  /// @param account the account in the ARNs of requested resources
  /// @throws IllegalArgumentException if it is not a policy document; the message names the field
  public static PolicyDocument parse(String json, String region, String account) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the policy is not JSON: " + e.getOriginalMessage(), e);
    }
    List<Statement> statements = new ArrayList<>();
    for (JsonNode node : many(root.path("Statement"))) {
      statements.add(statement(node, "Statement[" + statements.size() + "]"));
    }
    if (statements.isEmpty()) {
      throw new IllegalArgumentException("Statement: at least one is needed");
    }
    return new PolicyDocument("arn:aws:iot:" + region + ":" + account + ":", statements);
  }

  /// The permissions of one device.
  public Permissions permissionsOf(Variables device) {
    return new Permissions(
        resourcePrefix, statements.stream().map(statement -> statement.bind(device)).toList());
  }

  private static Statement statement(JsonNode node, String where) {
    if (node.has("Condition")) {
      throw new IllegalArgumentException(where + ".Condition: conditions are not evaluated here");
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException(
                    where + "." + UnicodeText.abridged(name, 80) + ": unknown field");
              }
            });
    boolean allows =
        switch (node.path("Effect").asText()) {
          case "Allow" -> true;
          case "Deny" -> false;
          case String other ->
              throw new IllegalArgumentException(
                  where
                      + ".Effect: Allow or Deny is needed, not '"
                      + UnicodeText.abridged(other, 80)
                      + "'");
        };
    return new Statement(
        allows,
        patterns(node.path("Action"), where + ".Action"),
        patterns(node.path("Resource"), where + ".Resource"));
  }

  private static List<ResourcePattern> patterns(JsonNode node, String where) {
    List<ResourcePattern> patterns = new ArrayList<>();
    for (JsonNode text : many(node)) {
      if (!text.isTextual()) {
        throw new IllegalArgumentException(where + ": a text is needed");
      }
      patterns.add(ResourcePattern.parse(text.textValue()));
    }
    if (patterns.isEmpty()) {
      throw new IllegalArgumentException(where + ": at least one is needed");
    }
    return List.copyOf(patterns);
  }

  private static Iterable<JsonNode> many(JsonNode node) {
    return node.isArray() ? node : node.isMissingNode() ? List.of() : List.of(node);
  }
}
