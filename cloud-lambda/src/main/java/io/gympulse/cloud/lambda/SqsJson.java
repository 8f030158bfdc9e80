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

/// Events of an SQS queue and their responses, in Lambda's JSON. Reads only the id and the body of
/// a record. Lambda's own mapping does the same and starts slower.
final class SqsJson {
  private static final JsonTree JSON = JsonTree.standard();

  private SqsJson() {}

  /// @throws IOException if the input is not such an event
  static SQSEvent read(InputStream input) throws IOException {
    JsonNode records = JSON.read(input).path("Records");
    if (!records.isArray()) {
      throw new IOException("not an event of a queue: Records is missing");
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
