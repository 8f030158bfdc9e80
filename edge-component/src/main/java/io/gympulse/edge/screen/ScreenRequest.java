package io.gympulse.edge.screen;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.contract.text.UnicodeText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One request and its response. Not thread-safe.
final class ScreenRequest {
  static final int MAX_BODY = 4_096;
  private static final JsonTree JSON = JsonTree.standard();
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
          + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final HttpExchange exchange;

  ScreenRequest(HttpExchange exchange) {
    this.exchange = exchange;
    header("Content-Security-Policy", POLICY);
    header("X-Content-Type-Options", "nosniff");
    header("Referrer-Policy", "no-referrer");
    header("Cross-Origin-Opener-Policy", "same-origin");
    header("Cross-Origin-Resource-Policy", "same-origin");
    header("Cache-Control", "no-store");
  }

  String method() {
    return exchange.getRequestMethod();
  }

  String path() {
    String path = exchange.getRequestURI().getPath();
    return path == null ? "" : path;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  void header(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }

  /// The value of a cookie.
  Optional<String> cookie(String name) {
    for (String part : header("Cookie").orElse("").split(";", 50)) {
      String cookie = part.strip();
      if (cookie.startsWith(name + "=")) {
        return Optional.of(cookie.substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }

  /// The body, which has to be a JSON object of at most 4,096 bytes; empty if it is not.
  Optional<JsonNode> json() throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.read(UnicodeText.ofUtf8(body))).filter(JsonNode::isObject);
    } catch (JsonProcessingException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  void respond(int status, ObjectNode body) throws IOException {
    respond(status, "application/json", JsonTree.bytes(body));
  }

  void respond(int status, String type, byte[] body) throws IOException {
    header("Content-Type", type);
    if (method().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /// @param message a sentence for the person at the browser
  void refuse(int status, String code, String message) throws IOException {
    ObjectNode body = JsonTree.object();
    body.putObject("error").put("code", code).put("message", message);
    respond(status, body);
  }

  /// Starts a stream of server-sent events.
  OutputStream events() throws IOException {
    header("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }

  /// Writes one event.
  static void write(OutputStream events, String name, String data) throws IOException {
    events.write("event: %s\ndata: %s\n\n".formatted(name, data).getBytes(StandardCharsets.UTF_8));
    events.flush();
  }
}
