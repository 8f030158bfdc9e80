package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// The event of a queue and the answer to it, as Lambda writes and reads them. Of a record only
/// `messageId` and `body` are read. Lambda's own mapping would do the same and starts slower.
final class SqsJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SqsJson() {}

  /// @throws IOException if this is no event of a queue
  static SQSEvent read(InputStream input) throws IOException {
    JsonNode records = JSON.readTree(input).path("Records");
    if (!records.isArray()) {
      throw new IOException("no event of a queue: it has no Records");
    }
    List<SQSMessage> messages = new ArrayList<>();
    for (JsonNode it : records) {
      SQSMessage message = new SQSMessage();
      message.setMessageId(it.path("messageId").asText());
      message.setBody(it.path("body").asText());
      messages.add(message);
    }
    SQSEvent event = new SQSEvent();
    event.setRecords(messages);
    return event;
  }

  static void write(SQSBatchResponse response, OutputStream output) throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode failures = answer.putArray("batchItemFailures");
    response
        .getBatchItemFailures()
        .forEach(it -> failures.addObject().put("itemIdentifier", it.getItemIdentifier()));
    JSON.writeValue(output, answer);
  }
}
