package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.aws.dynamo.TableDefinition.Index;
import io.gympulse.cloud.aws.dynamo.TableDefinition.KeyAttribute;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/// Creates tables from their definitions, [Tables#ALL], for tests and benchmarks on one machine.
/// This project contains no infrastructure code: for AWS, the definitions have to be written there.
public final class TableCreation {
  private TableCreation() {}

  /// Creates those that do not exist yet and waits until they are active.
  public static void createMissing(DynamoDbClient client, Tables tables) {
    for (TableDefinition table : Tables.ALL) {
      try {
        client.createTable(request(table, tables.name(table)));
      } catch (ResourceInUseException e) {
        continue; // exists already
      }
      client.waiter().waitUntilTableExists(it -> it.tableName(tables.name(table)));
    }
  }

  /// Enables time to live. Readers do not see expired items that are not removed yet.
  public static void enableExpiry(DynamoDbClient client, Tables tables) {
    for (TableDefinition table : Tables.ALL) {
      table
          .expiry()
          .ifPresent(
              attribute ->
                  client.updateTimeToLive(
                      it ->
                          it.tableName(tables.name(table))
                              .timeToLiveSpecification(
                                  ttl -> ttl.attributeName(attribute).enabled(true))));
    }
  }

  static CreateTableRequest request(TableDefinition table, String name) {
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(keys(table).stream().map(TableCreation::attribute).toList())
            .keySchema(schema(table.partition(), table.sort()));
    if (!table.indexes().isEmpty()) {
      request.globalSecondaryIndexes(table.indexes().stream().map(TableCreation::index).toList());
    }
    if (table.stream()) {
      request.streamSpecification(
          it -> it.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES));
    }
    return request.build();
  }

  private static Set<KeyAttribute> keys(TableDefinition table) {
    Set<KeyAttribute> keys = new LinkedHashSet<>();
    keys.add(table.partition());
    table.sort().ifPresent(keys::add);
    for (Index index : table.indexes()) {
      keys.add(index.partition());
      index.sort().ifPresent(keys::add);
    }
    return keys;
  }

  private static AttributeDefinition attribute(KeyAttribute key) {
    return AttributeDefinition.builder()
        .attributeName(key.attribute())
        .attributeType(
            switch (key.type()) {
              case TEXT -> ScalarAttributeType.S;
              case NUMBER -> ScalarAttributeType.N;
            })
        .build();
  }

  private static List<KeySchemaElement> schema(
      KeyAttribute partition, Optional<KeyAttribute> sort) {
    List<KeySchemaElement> schema = new ArrayList<>();
    schema.add(element(partition, KeyType.HASH));
    sort.ifPresent(it -> schema.add(element(it, KeyType.RANGE)));
    return schema;
  }

  private static KeySchemaElement element(KeyAttribute key, KeyType type) {
    return KeySchemaElement.builder().attributeName(key.attribute()).keyType(type).build();
  }

  private static GlobalSecondaryIndex index(Index index) {
    return GlobalSecondaryIndex.builder()
        .indexName(index.name())
        .keySchema(schema(index.partition(), index.sort()))
        .projection(it -> it.projectionType(ProjectionType.KEYS_ONLY))
        .build();
  }
}
