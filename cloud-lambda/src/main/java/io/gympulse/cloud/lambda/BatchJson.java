package io.gympulse.cloud.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.json.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// Messages in batches and the answer to them, as Lambda writes and reads them. Of a record only
/// its id and its body are read. Lambda's own mapping would do the same and starts slower.
final class BatchJson {
  private static final JsonTree JSON = JsonTree.standard();

  private BatchJson() {}

  /// An event of a queue.
  ///
  /// @throws IOException if this is none
  static SQSEvent readQueue(InputStream input) throws IOException {
    JsonNode records = JSON.read(input).path("Records");
    if (!records.isArray()) {
      throw new IOException("no batch of messages: it has no Records");
    }
    List<SQSMessage> messages = new ArrayList<>();
    records.forEach(
        it -> messages.add(message(it.path("messageId").asText(), it.path("body").asText())));
    SQSEvent event = new SQSEvent();
    event.setRecords(messages);
    return event;
  }

  private static SQSMessage message(String id, String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId(id);
    message.setBody(body);
    return message;
  }

  static void write(SQSBatchResponse response, OutputStream output) throws IOException {
    ObjectNode answer = JsonTree.object();
    ArrayNode failures = answer.putArray("batchItemFailures");
    response
        .getBatchItemFailures()
        .forEach(it -> failures.addObject().put("itemIdentifier", it.getItemIdentifier()));
    output.write(JsonTree.bytes(answer));
  }
}
