package io.gympulse.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gympulse.cloud.core.queue.DeadLetterQueue.DeadLetter;
import io.gympulse.cloud.core.queue.DeadLetterQueue.RedriveResult;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Uses SQS's protocol over loopback.
class SqsDeadLetterQueueTest {
  private static final String ARN = "arn:aws:sqs:eu-central-1:000000000000:ingest-dead";
  private static final String LETTER =
      """
      {"Messages":[{"MessageId":"m-%s","ReceiptHandle":"r","Body":"%s","Attributes":{
        "SentTimestamp":"1777636800000","ApproximateReceiveCount":"6",
        "DeadLetterQueueSourceArn":"arn:aws:sqs:eu-central-1:000000000000:ingest"}}]}""";

  private final Map<String, Deque<String>> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpServer server = server();
  private final SqsClient client = client();
  private final SqsDeadLetterQueue letters =
      new SqsDeadLetterQueue(client, URI.create("http://127.0.0.1/000000000000/ingest-dead"), ARN);

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void messages_are_listed_with_the_queue_that_gave_them_up() {
    answer("ReceiveMessage", LETTER.formatted("1", "one"), LETTER.formatted("2", "two"), "{}");

    assertThat(letters.list(10)).containsExactly(letter("m-1", "one"), letter("m-2", "two"));
  }

  @Test
  void no_more_are_received_than_requested() {
    answer("ReceiveMessage", LETTER.formatted("1", "one"), LETTER.formatted("2", "two"));

    assertThat(letters.list(1)).containsExactly(letter("m-1", "one"));
    assertThat(asked).containsExactly("ReceiveMessage");
  }

  @Test
  void sqs_moves_the_messages_itself() {
    answer("ListMessageMoveTasks", "{\"Results\":[{\"Status\":\"COMPLETED\"}]}");
    answer("StartMessageMoveTask", "{\"TaskHandle\":\"task-1\"}");

    assertThat(letters.redrive()).isEqualTo(new RedriveResult.Started("task-1"));
  }

  @Test
  void a_second_redrive_does_not_start_while_the_first_runs() {
    answer("ListMessageMoveTasks", "{\"Results\":[{\"Status\":\"RUNNING\"}]}");

    assertThat(letters.redrive()).isEqualTo(new RedriveResult.UnderWay());
    assertThat(asked).containsExactly("ListMessageMoveTasks");
  }

  @Test
  void a_rejected_request_is_an_unavailable_store() {
    server.stop(0);

    assertThatThrownBy(() -> letters.list(1))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageStartingWith("SQS: ");
  }

  private static DeadLetter letter(String id, String body) {
    return new DeadLetter(Instant.ofEpochMilli(1777636800000L), "ingest", id, 6, "", body);
  }

  private void answer(String operation, String... json) {
    answers.put(operation, new ArrayDeque<>(List.of(json)));
  }

  private HttpServer server() {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      made.createContext("/", this::serve);
      return made;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    String operation = target.substring(target.indexOf('.') + 1);
    asked.add(operation);
    Deque<String> waiting = answers.getOrDefault(operation, new ArrayDeque<>());
    byte[] body = (waiting.isEmpty() ? "{}" : waiting.pop()).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private SqsClient client() {
    return SqsClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .checksumValidationEnabled(false)
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }
}
