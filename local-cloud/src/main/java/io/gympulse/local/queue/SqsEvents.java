package io.gympulse.local.queue;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.gympulse.cloud.redrive.ExplainedFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Messages as the event of an SQS queue, and what a handler's answer says of them.
final class SqsEvents {
  private SqsEvents() {}

  static SQSEvent of(String queue, List<QueuedMessage> batch) {
    SQSEvent event = new SQSEvent();
    event.setRecords(batch.stream().map(it -> message(queue, it)).toList());
    return event;
  }

  private static SQSEvent.SQSMessage message(String queue, QueuedMessage queued) {
    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
    message.setMessageId(queued.id());
    message.setReceiptHandle(queued.id());
    message.setBody(queued.body());
    message.setEventSource("aws:sqs");
    message.setEventSourceArn("arn:aws:sqs:local:000000000000:" + queue);
    message.setAwsRegion("local");
    message.setAttributes(
        Map.of(
            "ApproximateReceiveCount", Integer.toString(queued.receives()),
            "SentTimestamp", Long.toString(queued.sentAt())));
    return message;
  }

  /// The ids of the messages that the handler could not deal with, each with the reason.
  static Map<String, String> failures(@Nullable SQSBatchResponse response) {
    Map<String, String> failures = new HashMap<>();
    if (response != null && response.getBatchItemFailures() != null) {
      response
          .getBatchItemFailures()
          .forEach(it -> failures.put(it.getItemIdentifier(), reason(it)));
    }
    return failures;
  }

  private static String reason(SQSBatchResponse.BatchItemFailure failure) {
    return failure instanceof ExplainedFailure explained
        ? explained.reason()
        : "the handler named it as failed";
  }
}
