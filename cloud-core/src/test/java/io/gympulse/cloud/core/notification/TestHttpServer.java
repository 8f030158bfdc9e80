package io.gympulse.cloud.core.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An HTTP server on a free port of the loopback that records requests and answers as configured.
public final class TestHttpServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Answers answers;

  /// One request as it arrived.
  public record Request(String method, String path, HttpExchange exchange, String body) {
    public Optional<String> header(String name) {
      return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }
  }

  /// Answers a request; it may also leave it unanswered.
  public interface Answers {
    void answer(Request request) throws IOException, InterruptedException;
  }

  public TestHttpServer(Answers answers) {
    this.answers = answers;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    Request request =
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange,
            new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    requests.add(request);
    try {
      answers.answer(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public static Answers status(int status) {
    return request -> answer(request, status, "");
  }

  public static void answer(Request request, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    request.exchange().sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    request.exchange().getResponseBody().write(bytes);
    request.exchange().close();
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
  }

  public List<Request> requests() {
    return requests;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
