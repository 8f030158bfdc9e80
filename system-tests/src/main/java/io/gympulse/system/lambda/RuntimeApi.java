package io.gympulse.system.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/// The server side of the
/// [Lambda runtime API](https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html), version
/// 2018-06-01, over loopback: one function polls for invocations and posts their responses. Safe
/// for any number of threads.
public final class RuntimeApi implements AutoCloseable {
  private static final String RUNTIME = "/2018-06-01/runtime";
  private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final InstantSource clock;
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final Map<String, CompletableFuture<Outcome>> running = new ConcurrentHashMap<>();
  private final CompletableFuture<String> initError = new CompletableFuture<>();

  private record Invocation(String id, String event) {}

  /// The result of an invocation.
  public sealed interface Outcome {
    /// @param body the function's response, JSON
    record Success(String body) implements Outcome {}

    /// @param body the exception as the runtime client reports it, JSON
    record Failure(String body) implements Outcome {}
  }

  private RuntimeApi(HttpServer server, InstantSource clock) {
    this.server = server;
    this.clock = clock;
  }

  /// @param clock for the invocations' deadlines
  public static RuntimeApi start(InstantSource clock) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    RuntimeApi api = new RuntimeApi(HttpServer.create(anyPort, 0), clock);
    api.server.createContext(RUNTIME + "/invocation/next", api::next);
    api.server.createContext(RUNTIME + "/invocation/", api::complete);
    api.server.createContext(RUNTIME + "/init/error", api::initError);
    api.server.setExecutor(api.threads);
    api.server.start();
    return api;
  }

  /// The value of `AWS_LAMBDA_RUNTIME_API`.
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /// Queues an invocation; the function gets it when it polls next.
  ///
  /// @param event JSON
  public CompletableFuture<Outcome> invoke(String event) {
    Invocation invocation = new Invocation(UUID.randomUUID().toString(), event);
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    running.put(invocation.id(), outcome);
    waiting.add(invocation);
    return outcome;
  }

  /// Completes with the runtime client's error report if the function cannot be initialised.
  public CompletableFuture<String> initError() {
    return initError;
  }

  private void next(HttpExchange exchange) throws IOException {
    Invocation invocation;
    try {
      invocation = waiting.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.close();
      return;
    }
    var headers = exchange.getResponseHeaders();
    headers.add("Content-Type", "application/json");
    headers.add("Lambda-Runtime-Aws-Request-Id", invocation.id());
    headers.add(
        "Lambda-Runtime-Deadline-Ms",
        Long.toString(clock.instant().plus(TIME_LIMIT).toEpochMilli()));
    headers.add(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:local:000000000000:function:gym-pulse");
    send(exchange, 200, invocation.event());
  }

  /// `.../invocation/{id}/response` or `.../invocation/{id}/error`
  private void complete(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    String body = body(exchange);
    send(exchange, 202, "{\"status\":\"OK\"}");
    CompletableFuture<Outcome> outcome = running.remove(path[path.length - 2]);
    if (outcome != null) {
      boolean failed = path[path.length - 1].equals("error");
      outcome.complete(failed ? new Outcome.Failure(body) : new Outcome.Success(body));
    }
  }

  private void initError(HttpExchange exchange) throws IOException {
    String body = body(exchange);
    send(exchange, 202, "{\"status\":\"OK\"}");
    initError.complete(body);
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
