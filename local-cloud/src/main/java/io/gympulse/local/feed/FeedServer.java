package io.gympulse.local.feed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.gympulse.cloud.state.feed.UpdateFeed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// The local cloud's HTTP side.
///
/// `GET /feed?after=N` streams updates as lines of JSON as long as the client stays; `GET /health`
/// answers with a JSON object; `POST /fault/halt-before-ack` is there only if faults are allowed.
/// Each request has a virtual thread.
public final class FeedServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService requests;

  private FeedServer(HttpServer server, ExecutorService requests) {
    this.server = server;
    this.requests = requests;
  }

  /// Starts serving.
  ///
  /// @param address where to listen; port 0 for any free one
  /// @param health the body of `/health`, a JSON object
  /// @param haltBeforeAcknowledgement what the fault's request does; empty if faults are not
  /// allowed
  /// @throws IOException if the port is taken
  public static FeedServer start(
      InetSocketAddress address,
      UpdateFeed feed,
      Supplier<String> health,
      Optional<Runnable> haltBeforeAcknowledgement)
      throws IOException {
    HttpServer server = HttpServer.create(address, 0);
    ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(requests);
    server.createContext("/feed", new FeedStream(feed)::serve);
    server.createContext("/health", exchange -> answer(exchange, "GET", health.get()));
    haltBeforeAcknowledgement.ifPresent(
        halt ->
            server.createContext(
                "/fault/halt-before-ack",
                exchange -> {
                  if (exchange.getRequestMethod().equals("POST")) {
                    halt.run();
                  }
                  answer(exchange, "POST", "{\"armed\":true}");
                }));
    server.start();
    return new FeedServer(server, requests);
  }

  /// Serves another path, and what lies below it unless that is served on its own.
  public void serve(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  /// The port that it listens on.
  public int port() {
    return server.getAddress().getPort();
  }

  /// An address to listen on.
  public static InetSocketAddress address(String host, int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByName(host), port);
  }

  @Override
  public void close() {
    server.stop(0);
    requests.shutdownNow();
  }

  static void answer(HttpExchange exchange, String method, String json) throws IOException {
    boolean allowed = exchange.getRequestMethod().equals(method);
    refuseOrAnswer(
        exchange, allowed ? 200 : 405, allowed ? json : "{\"error\":\"use " + method + "\"}");
  }

  static void refuseOrAnswer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = (json + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
