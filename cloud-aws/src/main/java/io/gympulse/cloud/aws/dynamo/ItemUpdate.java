package io.gympulse.cloud.aws.dynamo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// A change of some attributes of an item. Its other attributes stay; an item that does not exist
/// is added.
///
/// @param set attributes with their new values
/// @param removed attributes that the item does not have afterwards
record ItemUpdate(Map<String, AttributeValue> set, Set<String> removed) {

  /// Gives these attributes these values; those without a value are removed.
  static ItemUpdate of(Set<String> attributes, Map<String, AttributeValue> values) {
    Set<String> absent = new HashSet<>(attributes);
    absent.removeAll(values.keySet());
    return new ItemUpdate(values, absent);
  }

  UpdateItemRequest request(String table, Map<String, AttributeValue> key) {
    return builder(table, key, Map.of()).build();
  }

  /// Compare-and-set by the attribute `version`, which this update sets.
  ///
  /// @param expected the stored version; 0 if the item has none, or does not exist
  UpdateItemRequest ifVersion(String table, Map<String, AttributeValue> key, long expected) {
    return expected == 0
        ? builder(table, key, Map.of())
            .conditionExpression("attribute_not_exists(#version)")
            .build()
        : builder(table, key, Item.build().number(":expected", expected).attributes())
            .conditionExpression("#version = :expected")
            .build();
  }

  private UpdateItemRequest.Builder builder(
      String table, Map<String, AttributeValue> key, Map<String, AttributeValue> more) {
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>(more);
    List<String> assignments = new ArrayList<>();
    set.forEach(
        (name, value) -> {
          names.put("#" + name, name);
          values.put(":" + name, value);
          assignments.add("#%1$s = :%1$s".formatted(name));
        });
    removed.forEach(it -> names.put("#" + it, it));
    List<String> clauses = new ArrayList<>();
    if (!set.isEmpty()) {
      clauses.add("SET " + String.join(", ", assignments));
    }
    if (!removed.isEmpty()) {
      clauses.add("REMOVE #" + String.join(", #", removed));
    }
    return UpdateItemRequest.builder()
        .tableName(table)
        .key(key)
        .updateExpression(String.join(" ", clauses))
        .expressionAttributeNames(names)
        .expressionAttributeValues(values.isEmpty() ? null : values);
  }
}
