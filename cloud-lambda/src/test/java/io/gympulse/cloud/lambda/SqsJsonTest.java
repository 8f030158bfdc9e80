package io.gympulse.cloud.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqsJsonTest {

  @Test
  void records_are_read_as_lambda_delivers_them() throws IOException {
    SQSEvent event =
        SqsJson.read(
            text(
                """
                {"Records": [{
                  "messageId": "059f36b4-87a3-44ab-83d2-661975830a7d",
                  "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a...",
                  "body": "{\\"version\\":1}",
                  "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": "1545082649183"},
                  "messageAttributes": {},
                  "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
                  "eventSource": "aws:sqs",
                  "eventSourceARN": "arn:aws:sqs:us-east-2:123456789012:my-queue",
                  "awsRegion": "us-east-2"}]}
                """));

    assertThat(event.getRecords())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.getMessageId()).isEqualTo("059f36b4-87a3-44ab-83d2-661975830a7d");
              assertThat(it.getBody()).isEqualTo("{\"version\":1}");
            });
  }

  @Test
  void failures_are_named_as_lambda_expects_them() throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();

    SqsJson.write(new SQSBatchResponse(List.of(new BatchItemFailure("id-1"))), written);

    assertThat(written.toString(StandardCharsets.UTF_8))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"id-1\"}]}");
  }

  @Test
  void an_input_that_is_no_event_of_a_queue_is_rejected() {
    assertThatThrownBy(() -> SqsJson.read(text("{\"hello\":1}"))).isInstanceOf(IOException.class);
  }

  private static ByteArrayInputStream text(String json) {
    return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
  }
}
