package io.gympulse.bench.coldstart;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// A fake of AWS IoT Core's data plane: accepts every message and discards it.
final class FakeIotDataPlane implements AutoCloseable {
  private static final byte[] OK = "{\"message\":\"OK\"}".getBytes(StandardCharsets.UTF_8);

  private final HttpServer server;

  FakeIotDataPlane() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, OK.length);
          exchange.getResponseBody().write(OK);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
