package io.gympulse.local.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gympulse.local.provision.CommandErrors;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The command against SQS's own protocol over loopback.
class RedriveOfQueueTest {
  private static final String QUEUE =
      "https://sqs.eu-central-1.amazonaws.com/000000000000/ingest-dead";
  private static final String ARN = "arn:aws:sqs:eu-central-1:000000000000:ingest-dead";

  private final Map<String, String> settings =
      Map.of("aws.accessKeyId", "key", "aws.secretAccessKey", "hush");
  private final Map<String, Deque<String>> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
    settings.forEach(System::setProperty);
    System.setProperty("aws.endpointUrlSqs", "http://127.0.0.1:" + server.getAddress().getPort());
    answer("GetQueueAttributes", "{\"Attributes\":{\"QueueArn\":\"%s\"}}".formatted(ARN));
  }

  @AfterEach
  void stop() {
    settings.keySet().forEach(System::clearProperty);
    System.clearProperty("aws.endpointUrlSqs");
    server.stop(0);
  }

  @Test
  void letters_of_a_queue_on_aws_are_listed_with_their_bodies() {
    answer(
        "ReceiveMessage",
        """
        {"Messages":[{"MessageId":"m","ReceiptHandle":"r",
          "MD5OfBody":"f39382fdb02041cfc6a55294a150482d","Body":"{\\"version\\":9}\\u001b[2J",
          "Attributes":{"SentTimestamp":"1777636800000","ApproximateReceiveCount":"6",
          "DeadLetterQueueSourceArn":"arn:aws:sqs:eu-central-1:000000000000:ingest"}}]}\
        """);

    assertThat(command("--list")).isZero();
    assertThat(out.toString())
        .isEqualTo(
            "2026-05-01T12:00:00Z ingest after 6 tries: {\"version\":9} [2J\n1 dead letters\n");
    assertThat(asked)
        .containsExactly(
            "GetQueueAttributes eu-central-1",
            "ReceiveMessage eu-central-1",
            "ReceiveMessage eu-central-1");
  }

  @Test
  void a_redrive_starts_a_message_move_task_of_sqs() {
    answer("ListMessageMoveTasks", "{\"Results\":[]}");
    answer("StartMessageMoveTask", "{\"TaskHandle\":\"task-1\"}");

    assertThat(command()).isZero();
    assertThat(out.toString())
        .isEqualTo("SQS moves all dead letters back to their queues, by task task-1\n");
  }

  @Test
  void a_running_redrive_is_reported() {
    answer("ListMessageMoveTasks", "{\"Results\":[{\"Status\":\"RUNNING\"}]}");

    assertThat(command()).isEqualTo(2);
    assertThat(err.toString()).contains("an earlier redrive is still running");
  }

  @Test
  void a_missing_queue_is_reported_in_one_line() {
    answers.clear();

    assertThat(command()).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("error: SQS: ")
        .contains("--dead-letters-url")
        .doesNotContain("hush")
        .hasLineCount(1);
  }

  private int command(String... arguments) {
    CommandLine line = CommandErrors.commandLine(new Redrive());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 1];
    all[0] = "--dead-letters-url=" + QUEUE;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return line.execute(all);
  }

  private void answer(String operation, String json) {
    answers.put(operation, new ArrayDeque<>(List.of(json)));
  }

  private void serve(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    String operation = target.substring(target.indexOf('.') + 1);
    String signed = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    asked.add(operation + " " + signed.split("/", -1)[2]);
    boolean known = answers.containsKey(operation);
    Deque<String> waiting = answers.getOrDefault(operation, new ArrayDeque<>());
    byte[] body = (waiting.isEmpty() ? "{}" : waiting.pop()).getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(known ? 200 : 400, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
