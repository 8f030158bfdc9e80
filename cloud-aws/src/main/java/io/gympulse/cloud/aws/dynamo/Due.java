package io.gympulse.cloud.aws.dynamo;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// The index of what waits for a moment. Its one partition holds only what waits, and takes a
/// thousand changes a second.
final class Due {
  /// What `dueIn` is of every item that waits.
  static final String PARTITION = "due";

  private Due() {}

  /// The keys of what is due, the longest due first.
  static QueryRequest query(String table, Instant now, int limit) {
    return QueryRequest.builder()
        .tableName(table)
        .indexName(Tables.BY_DUE.name())
        .keyConditionExpression("#in = :in AND #due <= :now")
        .expressionAttributeNames(Map.of("#in", "dueIn", "#due", "due"))
        .expressionAttributeValues(
            Item.build().text(":in", PARTITION).time(":now", now).attributes())
        .limit(limit)
        .build();
  }
}
