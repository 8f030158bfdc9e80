package io.gympulse.cloud.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The publishing part of AWS IoT Core's data plane, over loopback; records the messages.
final class IotEndpoint implements AutoCloseable {
  private final HttpServer server;
  private final List<Publication> published = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

  record Publication(String method, URI uri, String authorization, ByteBuffer payload) {}

  IotEndpoint() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] payload = exchange.getRequestBody().readAllBytes();
    String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    published.add(
        new Publication(
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            authorization,
            ByteBuffer.wrap(payload)));
    byte[] body = "{\"message\":\"OK\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  void answerFromNowOn(int code) {
    status = code;
  }

  List<Publication> published() {
    return published;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
