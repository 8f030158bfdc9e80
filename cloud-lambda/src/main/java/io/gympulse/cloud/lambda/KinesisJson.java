package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisTimeWindowEvent;
import com.amazonaws.services.lambda.runtime.events.TimeWindowEventResponse;
import com.amazonaws.services.lambda.runtime.events.models.TimeWindow;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.json.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Events of a Kinesis stream, with or without a tumbling window, and their responses, in Lambda's
/// JSON. A record's id is its sequence number. Lambda's own mapping does the same and starts
/// slower.
final class KinesisJson {
  private static final JsonTree JSON = JsonTree.standard();

  private KinesisJson() {}

  /// @throws IOException if the input is not such an event
  static KinesisTimeWindowEvent read(InputStream input) throws IOException {
    JsonNode body = JSON.read(input);
    JsonNode records = body.path("Records");
    JsonNode window = body.path("window");
    // The last invocation of a window may have only the state.
    if (!records.isArray() && !window.isObject()) {
      throw new IOException("not an event of a stream: it has neither Records nor a window");
    }
    KinesisTimeWindowEvent event = new KinesisTimeWindowEvent();
    event.setRecords(records(records));
    if (window.isObject()) {
      event.setWindow(new TimeWindow(window.path("start").asText(), window.path("end").asText()));
      event.setState(state(body.path("state")));
      event.setShardId(body.path("shardId").asText());
      event.setIsFinalInvokeForWindow(body.path("isFinalInvokeForWindow").asBoolean());
      event.setIsWindowTerminatedEarly(body.path("isWindowTerminatedEarly").asBoolean());
    }
    return event;
  }

  private static List<KinesisEvent.KinesisEventRecord> records(JsonNode records)
      throws IOException {
    List<KinesisEvent.KinesisEventRecord> read = new ArrayList<>();
    for (JsonNode it : records) {
      JsonNode stored = it.path("kinesis");
      KinesisEvent.Record kinesis = new KinesisEvent.Record();
      kinesis.setSequenceNumber(stored.path("sequenceNumber").asText());
      kinesis.setData(data(stored.path("data").asText()));
      KinesisEvent.KinesisEventRecord record = new KinesisEvent.KinesisEventRecord();
      record.setKinesis(kinesis);
      read.add(record);
    }
    return read;
  }

  private static ByteBuffer data(String base64) throws IOException {
    try {
      return ByteBuffer.wrap(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new IOException("a record's data is not base64", e);
    }
  }

  private static Map<String, String> state(JsonNode state) {
    Map<String, String> read = new LinkedHashMap<>();
    state.properties().forEach(it -> read.put(it.getKey(), it.getValue().asText()));
    return read;
  }

  static void write(TimeWindowEventResponse response, OutputStream output) throws IOException {
    ObjectNode answer = JsonTree.object();
    if (response.getState() != null) {
      ObjectNode state = answer.putObject("state");
      response.getState().forEach(state::put);
    }
    ArrayNode failures = answer.putArray("batchItemFailures");
    response
        .getBatchItemFailures()
        .forEach(it -> failures.addObject().put("itemIdentifier", it.getItemIdentifier()));
    output.write(JsonTree.bytes(answer));
  }
}
