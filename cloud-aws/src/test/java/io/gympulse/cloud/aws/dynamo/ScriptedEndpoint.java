package io.gympulse.cloud.aws.dynamo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// An endpoint that gives scripted responses and counts the requests.
final class ScriptedEndpoint implements AutoCloseable {
  static final Answer WELL = new Answer(200, "{}");
  static final Answer THROTTLED = failure(400, "ProvisionedThroughputExceededException");
  static final Answer BROKEN = failure(500, "InternalServerError");
  static final Answer DENIED = failure(400, "AccessDeniedException");
  static final Answer REFUSED = failure(400, "ConditionalCheckFailedException");
  static final Answer SILENCE = new Answer(0, "");

  private final Deque<Answer> first = new ConcurrentLinkedDeque<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private volatile Answer then = WELL;

  /// @param status 0 for no response at all
  record Answer(int status, String body) {}

  ScriptedEndpoint() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  private static Answer failure(int status, String name) {
    return new Answer(
        status,
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"scripted\"}"
            .formatted(name));
  }

  /// Gives these responses once, in order, and then always the last one.
  void answers(Answer... script) {
    first.clear();
    for (int i = 0; i < script.length - 1; i++) {
      first.add(script[i]);
    }
    then = script[script.length - 1];
  }

  int requests() {
    return requests.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    exchange.getRequestBody().readAllBytes();
    Answer next = first.poll();
    Answer answer = next == null ? then : next;
    if (answer.status() == 0) {
      awaitClosed();
    }
    byte[] body = answer.body().getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(answer.status() == 0 ? 500 : answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void awaitClosed() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  DynamoDbClient client(CallPolicy policy) {
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return DynamoClients.builder(policy, endpoint).build();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.close();
  }
}
