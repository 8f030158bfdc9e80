package io.gympulse.local.queue;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

  /// The ids of the messages that the handler could not deal with.
  static Set<String> failures(@Nullable SQSBatchResponse response) {
    return response == null || response.getBatchItemFailures() == null
        ? new HashSet<>()
        : response.getBatchItemFailures().stream()
            .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
            .collect(Collectors.toSet());
  }
}
