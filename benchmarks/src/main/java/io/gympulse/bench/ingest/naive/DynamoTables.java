package io.gympulse.bench.ingest.naive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// Tables in DynamoDB, created by the constructor.
public final class DynamoTables implements Tables {
  private static final String PARTITION = "partition";
  private static final String SORT = "sort";

  private final DynamoDbClient client;
  private final String prefix;

  /// @param prefix of the tables' names; the tables must not exist
  public DynamoTables(DynamoDbClient client, String prefix) {
    this.client = client;
    this.prefix = prefix;
    for (Table table : Table.values()) {
      client.createTable(
          it ->
              it.tableName(name(table))
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .attributeDefinitions(attribute(PARTITION), attribute(SORT))
                  .keySchema(key(PARTITION, KeyType.HASH), key(SORT, KeyType.RANGE)));
    }
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private String name(Table table) {
    return prefix + table.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Optional<Map<String, String>> get(Table table, String partition, String sort) {
    var response = client.getItem(it -> it.tableName(name(table)).key(keys(partition, sort)));
    return response.hasItem() ? Optional.of(texts(response.item())) : Optional.empty();
  }

  @Override
  public void put(Table table, String partition, String sort, Map<String, String> item) {
    Map<String, AttributeValue> values = new HashMap<>(keys(partition, sort));
    item.forEach((name, text) -> values.put(name, AttributeValue.fromS(text)));
    client.putItem(it -> it.tableName(name(table)).item(values));
  }

  @Override
  public List<Map<String, String>> query(Table table, String partition) {
    List<Map<String, String>> items = new ArrayList<>();
    client
        .query(
            it ->
                it.tableName(name(table))
                    .keyConditionExpression("#p = :p")
                    .expressionAttributeNames(Map.of("#p", PARTITION))
                    .expressionAttributeValues(Map.of(":p", AttributeValue.fromS(partition))))
        .items()
        .forEach(it -> items.add(texts(it)));
    return items;
  }

  private static Map<String, AttributeValue> keys(String partition, String sort) {
    return Map.of(PARTITION, AttributeValue.fromS(partition), SORT, AttributeValue.fromS(sort));
  }

  private static Map<String, String> texts(Map<String, AttributeValue> item) {
    Map<String, String> texts = new TreeMap<>();
    item.forEach((name, value) -> texts.put(name, value.s()));
    return texts;
  }

  /// Does nothing: the caller closes the client.
  @Override
  public void close() {}
}
