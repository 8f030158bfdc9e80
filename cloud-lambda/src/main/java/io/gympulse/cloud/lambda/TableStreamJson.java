package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.json.JsonCursor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;

/// Events of a DynamoDB stream and their responses, in Lambda's JSON. Of images, attributes that
/// are text, number or boolean are read.
final class TableStreamJson {
  private static final String BOTH_IMAGES = "NEW_AND_OLD_IMAGES";

  private TableStreamJson() {}

  /// @throws IOException if the input is not such an event, or the stream does not contain old
  ///     images, without which changes cannot be detected
  static DynamodbEvent read(InputStream input) throws IOException {
    DynamodbEvent event = new DynamodbEvent();
    event.setRecords(
        EventJson.read(input, "batch of a table's stream")
            .field("Records")
            .list(TableStreamJson::stored));
    return event;
  }

  private static DynamodbStreamRecord stored(JsonCursor<IOException> json) throws IOException {
    JsonCursor<IOException> change = json.field("dynamodb");
    String view = change.field("StreamViewType").text();
    if (!view.equals(BOTH_IMAGES)) {
      throw change
          .field("StreamViewType")
          .invalid("has to be %s, not %s".formatted(BOTH_IMAGES, view));
    }
    DynamodbStreamRecord stored = new DynamodbStreamRecord();
    stored.setEventSourceARN(json.field("eventSourceARN").text());
    stored.setDynamodb(
        new StreamRecord()
            .withSequenceNumber(change.field("SequenceNumber").text())
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
