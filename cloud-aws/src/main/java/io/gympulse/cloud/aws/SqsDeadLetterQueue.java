package io.gympulse.cloud.aws;

import io.gympulse.cloud.core.queue.DeadLetterQueue;
import io.gympulse.cloud.core.queue.DeadLetterQueue.DeadLetter;
import io.gympulse.cloud.core.queue.DeadLetterQueue.RedriveResult;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// The dead-letter queue of an SQS queue. SQS moves the messages back itself and reports only that
/// it has started. It does not keep why they were given up: that is in the function's log. Listed
/// messages are hidden from the next listing for five seconds.
public final class SqsDeadLetterQueue implements DeadLetterQueue {
  private static final int MOST_AT_ONCE = 10;
  private static final int HIDDEN_SECONDS = 5;
  private static final Pattern HOST =
      Pattern.compile("sqs\\.([a-z0-9-]+)\\.amazonaws\\.com(\\.cn)?");

  private final SqsClient client;
  private final URI queue;
  private final String arn;

  /// @param queue the dead-letter queue's URL
  /// @param arn the dead-letter queue's ARN
  public SqsDeadLetterQueue(SqsClient client, URI queue, String arn) {
    this.client = client;
    this.queue = queue;
    this.arn = arn;
  }

  /// With the SDK's default credentials, in the region that the URL contains; for commands.
  ///
  /// @param queue the dead-letter queue's URL
  /// @throws StoreUnavailableException if SQS cannot be reached or refuses
  public static SqsDeadLetterQueue open(URI queue) {
    Matcher host = HOST.matcher(String.valueOf(queue.getHost()));
    return called(
        () -> {
          SqsClientBuilder builder =
              SqsClient.builder().httpClient(UrlConnectionHttpClient.create());
          if (host.matches()) {
            builder.region(Region.of(host.group(1)));
          }
          return of(builder.build(), queue);
        });
  }

  private static SqsDeadLetterQueue of(SqsClient client, URI queue) {
    String arn =
        client
            .getQueueAttributes(
                it -> it.queueUrl(queue.toString()).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .getOrDefault(QueueAttributeName.QUEUE_ARN, "");
    return new SqsDeadLetterQueue(client, queue, arn);
  }

  private static <T> T called(Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw new StoreUnavailableException("SQS: " + e.getMessage(), e);
    }
  }

  @Override
  public List<DeadLetter> list(int limit) {
    return called(() -> letters(limit));
  }

  private List<DeadLetter> letters(int limit) {
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

  @Override
  public RedriveResult redrive() {
    return called(this::start);
  }

  private RedriveResult start() {
    boolean moving =
        client.listMessageMoveTasks(it -> it.sourceArn(arn)).results().stream()
            .map(ListMessageMoveTasksResultEntry::status)
            .anyMatch("RUNNING"::equals);
    return moving
        ? new RedriveResult.UnderWay()
        : new RedriveResult.Started(
            client.startMessageMoveTask(it -> it.sourceArn(arn)).taskHandle());
  }
}
