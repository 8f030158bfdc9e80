package io.gympulse.cloud.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

class TableCreationTest {
  @Test
  void every_table_is_as_defined_and_creating_it_twice_is_harmless() {
    Tables tables = LocalDynamo.freshTables();
    TableCreation.createMissing(LocalDynamo.client(), tables);
    for (TableDefinition definition : Tables.ALL) {
      TableDescription table = describe(tables, definition);
      assertThat(table.keySchema())
          .extracting(KeySchemaElement::attributeName)
          .first()
          .isEqualTo(definition.partition().attribute());
      assertThat(table.keySchema()).hasSize(definition.sort().isPresent() ? 2 : 1);
      assertThat(table.globalSecondaryIndexes())
          .extracting(GlobalSecondaryIndexDescription::indexName)
          .containsExactlyInAnyOrderElementsOf(
              definition.indexes().stream().map(TableDefinition.Index::name).toList());
      assertThat(table.globalSecondaryIndexes())
          .allMatch(it -> it.projection().projectionType() == ProjectionType.KEYS_ONLY);
      assertThat(table.streamSpecification() != null).isEqualTo(definition.stream());
    }
  }

  @Test
  void streams_contain_the_old_and_the_new_image() {
    Tables tables = LocalDynamo.freshTables();
    for (TableDefinition definition : List.of(Tables.CURRENT_STATE, Tables.GATEWAYS)) {
      assertThat(describe(tables, definition).streamSpecification().streamViewType())
          .isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
    }
  }

  @Test
  void expiry_is_enabled_where_items_expire() {
    Tables tables = LocalDynamo.freshTables();
    TableCreation.enableExpiry(LocalDynamo.client(), tables);
    for (TableDefinition definition : Tables.ALL) {
      TimeToLiveStatus status =
          LocalDynamo.client()
              .describeTimeToLive(it -> it.tableName(tables.name(definition)))
              .timeToLiveDescription()
              .timeToLiveStatus();
      assertThat(status)
          .as(definition.name())
          .isEqualTo(
              definition.expiry().isPresent()
                  ? TimeToLiveStatus.ENABLED
                  : TimeToLiveStatus.DISABLED);
    }
  }

  private static TableDescription describe(Tables tables, TableDefinition definition) {
    return LocalDynamo.client().describeTable(it -> it.tableName(tables.name(definition))).table();
  }
}
