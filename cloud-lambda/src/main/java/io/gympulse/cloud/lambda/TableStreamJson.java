package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Records of DynamoDB's streams in batches and the answer to them, as Lambda writes and reads
/// them. Of images, attributes that are text, number or boolean are read.
final class TableStreamJson {
  private static final String BOTH_IMAGES = "NEW_AND_OLD_IMAGES";

  private TableStreamJson() {}

  /// @throws IOException saying why if this is none: also if the stream does not tell what items
  ///     were before, as then nobody could tell what has changed
  static DynamodbEvent read(InputStream input) throws IOException {
    List<DynamodbStreamRecord> records = new ArrayList<>();
    for (EventJson it : EventJson.read(input, "batch of a table's stream").list("Records")) {
      records.add(stored(it));
    }
    DynamodbEvent event = new DynamodbEvent();
    event.setRecords(records);
    return event;
  }

  private static DynamodbStreamRecord stored(EventJson json) throws IOException {
    EventJson change = json.part("dynamodb");
    String view = change.required("StreamViewType");
    if (!view.equals(BOTH_IMAGES)) {
      throw json.wrong("its StreamViewType is to be %s, not %s".formatted(BOTH_IMAGES, view));
    }
    DynamodbStreamRecord stored = new DynamodbStreamRecord();
    stored.setEventSourceARN(json.required("eventSourceARN"));
    stored.setDynamodb(
        new StreamRecord()
            .withSequenceNumber(change.required("SequenceNumber"))
            .withApproximateCreationDateTime(time(change.node()))
            .withOldImage(image(change.node().path("OldImage")))
            .withNewImage(image(change.node().path("NewImage"))));
    return stored;
  }

  /// Seconds since 1970, with or without a fraction.
  private static Date time(JsonNode change) {
    double seconds = change.path("ApproximateCreationDateTime").doubleValue();
    return Date.from(Instant.ofEpochMilli(Math.round(seconds * 1_000)));
  }

  private static Map<String, AttributeValue> image(JsonNode json) {
    Map<String, AttributeValue> image = new HashMap<>();
    json.properties()
        .forEach(
            it -> {
              JsonNode value = it.getValue();
              if (value.has("S")) {
                image.put(it.getKey(), new AttributeValue(value.path("S").asText()));
              } else if (value.has("N")) {
                image.put(it.getKey(), new AttributeValue().withN(value.path("N").asText()));
              } else if (value.has("BOOL")) {
                boolean truth = value.path("BOOL").asBoolean();
                image.put(it.getKey(), new AttributeValue().withBOOL(truth));
              }
            });
    return image;
  }

  static void write(StreamsEventResponse response, OutputStream output) throws IOException {
    ObjectNode answer = EventJson.JSON.createObjectNode();
    ArrayNode failures = answer.putArray("batchItemFailures");
    response
        .getBatchItemFailures()
        .forEach(it -> failures.addObject().put("itemIdentifier", it.getItemIdentifier()));
    EventJson.JSON.writeValue(output, answer);
  }
}
