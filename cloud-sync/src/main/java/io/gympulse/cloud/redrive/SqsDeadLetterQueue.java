package io.gympulse.cloud.redrive;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// The dead-letter queue of an SQS queue. SQS moves the letters back itself and says only that it
/// has begun; it does not keep why they were given up, which the function's log tells. Letters that
/// were listed cannot be listed again for a few seconds.
public final class SqsDeadLetterQueue implements DeadLetterQueue {
  private static final int MOST_AT_ONCE = 10;
  private static final int HIDDEN_SECONDS = 5;

  private final SqsClient client;
  private final URI queue;
  private final String arn;

  /// @param queue the dead-letter queue's address
  /// @param arn the dead-letter queue's name
  public SqsDeadLetterQueue(SqsClient client, URI queue, String arn) {
    this.client = client;
    this.queue = queue;
    this.arn = arn;
  }

  /// @throws software.amazon.awssdk.core.exception.SdkException if SQS cannot be reached or refuses
  @Override
  public List<DeadLetter> list(int limit) {
    Map<String, DeadLetter> letters = new LinkedHashMap<>();
    List<Message> portion = receive(limit);
    while (!portion.isEmpty()) {
      portion.forEach(it -> letters.put(it.messageId(), letter(it)));
      portion = letters.size() < limit ? receive(limit - letters.size()) : List.of();
    }
    return List.copyOf(
        new ArrayList<>(letters.values()).subList(0, Math.min(limit, letters.size())));
  }

  private List<Message> receive(int limit) {
    return client
        .receiveMessage(
            it ->
                it.queueUrl(queue.toString())
                    .maxNumberOfMessages(Math.min(limit, MOST_AT_ONCE))
                    .visibilityTimeout(HIDDEN_SECONDS)
                    .messageSystemAttributeNames(
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                        MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN))
        .messages();
  }

  private static DeadLetter letter(Message message) {
    Map<MessageSystemAttributeName, String> attributes = message.attributes();
    String sent = attributes.getOrDefault(MessageSystemAttributeName.SENT_TIMESTAMP, "0");
    String source =
        attributes.getOrDefault(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN, "");
    String receives =
        attributes.getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "0");
    return new DeadLetter(
        Instant.ofEpochMilli(Long.parseLong(sent)),
        source.substring(source.lastIndexOf(':') + 1),
        message.messageId(),
        Integer.parseInt(receives),
        "",
        message.body());
  }

  /// @throws software.amazon.awssdk.core.exception.SdkException if SQS cannot be reached or refuses
  @Override
  public Redriven redrive() {
    boolean moving =
        client.listMessageMoveTasks(it -> it.sourceArn(arn)).results().stream()
            .map(ListMessageMoveTasksResultEntry::status)
            .anyMatch("RUNNING"::equals);
    return moving
        ? new Redriven.UnderWay()
        : new Redriven.Started(client.startMessageMoveTask(it -> it.sourceArn(arn)).taskHandle());
  }
}
