package io.gympulse.bench.coldstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An HTTP proxy between a function and DynamoDB that records the time of each call. It adds
/// about a millisecond to a call, to the function's disadvantage.
final class DynamoDbProxy implements AutoCloseable {
  private static final Set<String> WRITES =
      Set.of("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems");
  private static final Set<String> NOT_FORWARDED = Set.of("host", "content-length", "connection");

  private final URI store;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  /// @param operation DynamoDB's name of it
  /// @param startedAt when the request arrived, by [System#nanoTime()]
  /// @param doneAt when the response was passed on, by the same clock
  record Call(String operation, long startedAt, long doneAt) {
    boolean isWrite() {
      return WRITES.contains(operation);
    }
  }

  DynamoDbProxy(URI store) throws IOException {
    this.store = store;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::forward);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Returns and removes the calls since the last invocation.
  List<Call> takeCalls() {
    List<Call> taken = List.copyOf(calls);
    calls.removeAll(taken);
    return taken;
  }

  private void forward(HttpExchange exchange) throws IOException {
    long startedAt = System.nanoTime();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(store.resolve(exchange.getRequestURI().getPath()))
            .POST(BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!NOT_FORWARDED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(it -> request.header(name, it));
              }
            });
    try {
      HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
      respond(exchange, response);
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      String operation = target == null ? "" : target.substring(target.indexOf('.') + 1);
      calls.add(new Call(operation, startedAt, System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.close();
    }
  }

  private static void respond(HttpExchange exchange, HttpResponse<byte[]> response)
      throws IOException {
    response
        .headers()
        .firstValue("Content-Type")
        .ifPresent(it -> exchange.getResponseHeaders().add("Content-Type", it));
    response
        .headers()
        .firstValue("X-Amz-Crc32")
        .ifPresent(it -> exchange.getResponseHeaders().add("X-Amz-Crc32", it));
    exchange.sendResponseHeaders(response.statusCode(), response.body().length);
    exchange.getResponseBody().write(response.body());
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.close();
  }
}
