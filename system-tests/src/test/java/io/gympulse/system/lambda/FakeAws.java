package io.gympulse.system.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A fake of the calls that functions make to SES, SQS, S3, IoT's data plane and API Gateway's
/// connections, on a free port of the loopback. It records all requests.
final class FakeAws implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MAIL = "/v2/email/outbound-emails";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger mailsToFail = new AtomicInteger();

  record Request(String method, String path, String body) {}

  FakeAws() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Answers the next requests to send mail with 500.
  void failMail(int times) {
    mailsToFail.set(times);
  }

  /// The frames of a type.
  List<String> frames(String type) {
    return requests.stream()
        .filter(it -> it.path().contains("/@connections/"))
        .map(Request::body)
        .filter(it -> it.contains("\"type\":\"%s\"".formatted(type)))
        .toList();
  }

  List<String> mails() {
    return requests.stream().filter(it -> it.path().equals(MAIL)).map(Request::body).toList();
  }

  List<Request> objects() {
    return requests.stream().filter(it -> it.method().equals("PUT")).toList();
  }

  /// The bodies of all messages sent to queues.
  List<String> messages() throws IOException {
    List<String> bodies = new CopyOnWriteArrayList<>();
    for (Request it : requests) {
      if (it.body().contains("\"QueueUrl\"")) {
        JSON.readTree(it.body()).path("Entries").findValuesAsText("MessageBody", bodies);
      }
    }
    return bodies;
  }

  /// The messages published on a topic of IoT's data plane.
  List<Request> published(String path) {
    return requests.stream().filter(it -> it.path().equals(path)).toList();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(new Request(exchange.getRequestMethod(), path, body));
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    if (path.equals(MAIL)) {
      boolean failed = mailsToFail.getAndUpdate(it -> Math.max(0, it - 1)) > 0;
      respond(exchange, failed ? 500 : 200, failed ? "{}" : "{\"MessageId\":\"m\"}");
    } else if ("AmazonSQS.SendMessageBatch".equals(target)) {
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      respond(exchange, 200, batchResponse(JSON.readTree(body)).toString());
    } else {
      respond(exchange, 200, "");
    }
  }

  private static ObjectNode batchResponse(JsonNode call) {
    ObjectNode response = JSON.createObjectNode();
    ArrayNode successful = response.putArray("Successful");
    response.putArray("Failed");
    for (JsonNode entry : call.path("Entries")) {
      successful
          .addObject()
          .put("Id", entry.path("Id").asText())
          .put("MessageId", "m-" + entry.path("Id").asText())
          .put("MD5OfMessageBody", md5(entry.path("MessageBody").asText()));
    }
    return response;
  }

  private static String md5(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void respond(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
