package io.gympulse.cloud.aws.dynamo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// Reads a table's stream as Lambda does, with the records as the JSON that a function receives.
public final class LocalStream implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DynamoDbStreamsClient client = LocalDynamo.streams();
  private final Map<String, @Nullable String> iterators = new HashMap<>();
  private final String arn;

  /// Reads from the table's first change on.
  public LocalStream(Tables tables, TableDefinition table) {
    this.arn =
        LocalDynamo.client()
            .describeTable(it -> it.tableName(tables.name(table)))
            .table()
            .latestStreamArn();
  }

  /// The changes since the last call; those of an item are in order.
  public List<ObjectNode> next() {
    List<ObjectNode> changes = new ArrayList<>();
    for (Shard shard :
        client.describeStream(it -> it.streamArn(arn)).streamDescription().shards()) {
      iterators.computeIfAbsent(shard.shardId(), this::begin);
      @Nullable String iterator = iterators.get(shard.shardId());
      if (iterator != null) {
        GetRecordsResponse read = client.getRecords(it -> it.shardIterator(iterator));
        read.records().forEach(it -> changes.add(json(it)));
        iterators.put(shard.shardId(), read.nextShardIterator());
      }
    }
    return changes;
  }

  private String begin(String shard) {
    return client
        .getShardIterator(
            it ->
                it.streamArn(arn).shardId(shard).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
        .shardIterator();
  }

  private ObjectNode json(Record change) {
    ObjectNode json = JSON.createObjectNode();
    json.put("eventID", change.eventID())
        .put("eventName", change.eventNameAsString())
        .put("eventVersion", change.eventVersion())
        .put("eventSource", "aws:dynamodb")
        .put("awsRegion", change.awsRegion());
    StreamRecord images = change.dynamodb();
    ObjectNode record = json.putObject("dynamodb");
    record
        .put("ApproximateCreationDateTime", images.approximateCreationDateTime().getEpochSecond())
        .put("SequenceNumber", images.sequenceNumber())
        .put("SizeBytes", images.sizeBytes())
        .put("StreamViewType", images.streamViewTypeAsString());
    record.set("Keys", image(images.keys()));
    if (images.hasOldImage()) {
      record.set("OldImage", image(images.oldImage()));
    }
    if (images.hasNewImage()) {
      record.set("NewImage", image(images.newImage()));
    }
    return json.put("eventSourceARN", arn);
  }

  private static ObjectNode image(Map<String, AttributeValue> attributes) {
    ObjectNode image = JSON.createObjectNode();
    attributes.forEach((name, value) -> put(image.putObject(name), value));
    return image;
  }

  private static void put(ObjectNode json, AttributeValue value) {
    switch (value.type()) {
      case S -> json.put("S", value.s());
      case N -> json.put("N", value.n());
      case BOOL -> json.put("BOOL", value.bool());
      default -> throw new AssertionError("no table that is streamed has a " + value.type());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
