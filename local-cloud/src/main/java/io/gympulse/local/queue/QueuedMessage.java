package io.gympulse.local.queue;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.Map;

/// A message in a queue.
///
/// @param sentAt epoch milliseconds of the send
/// @param receives how often the handler has received it
/// @param origin the sender whose quota and turn it uses
record QueuedMessage(String id, String body, long sentAt, int receives, MessageOrigin origin) {

  QueuedMessage(String id, String body, long sentAt, int receives) {
    this(id, body, sentAt, receives, MessageOrigin.NONE);
  }

  /// The message with one more receive.
  QueuedMessage received() {
    return new QueuedMessage(id, body, sentAt, receives + 1, origin);
  }

  /// The length of the body in UTF-16 characters; a little less than its bytes if it is not ASCII.
  long bytes() {
    return body.length();
  }

  /// The message as a record of an SQS event.
  SQSMessage toSqs(String queue) {
    SQSMessage message = new SQSMessage();
    message.setMessageId(id);
    message.setReceiptHandle(id);
    message.setBody(body);
    message.setEventSource("aws:sqs");
    message.setEventSourceArn("arn:aws:sqs:local:000000000000:" + queue);
    message.setAwsRegion("local");
    message.setAttributes(
        Map.of(
            "ApproximateReceiveCount", Integer.toString(receives),
            "SentTimestamp", Long.toString(sentAt)));
    return message;
  }
}
