package io.gympulse.cloud.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The part of SQS's JSON protocol that `SendMessageBatch` needs, with injected faults.
final class SqsEndpoint implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// The failure of a body.
  ///
  /// @param times how often before it is accepted
  record Fault(boolean senderFault, int times) {}

  final List<String> arrived = new CopyOnWriteArrayList<>();
  final List<Integer> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Fault> faults = new ConcurrentHashMap<>();
  private final HttpServer server;

  SqsEndpoint() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  SqsClient client() {
    return SqsClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  String queueUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/000000000000/items";
  }

  void fail(String body, Fault fault) {
    faults.put(body, fault);
  }

  private void serve(HttpExchange exchange) throws IOException {
    JsonNode request = JSON.readTree(exchange.getRequestBody());
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode successful = answer.putArray("Successful");
    ArrayNode failed = answer.putArray("Failed");
    int status = 200;
    if (!"AmazonSQS.SendMessageBatch".equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
        || request.path("Entries").isEmpty()
        || request.path("Entries").size() > 10) {
      status = 400;
      answer = JSON.createObjectNode().put("__type", "com.amazonaws.sqs#InvalidRequest");
    } else {
      calls.add(request.path("Entries").size());
      for (JsonNode entry : request.path("Entries")) {
        take(entry, successful, failed);
      }
    }
    byte[] bytes = JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void take(JsonNode entry, ArrayNode successful, ArrayNode failed) {
    String id = entry.path("Id").asText();
    String body = entry.path("MessageBody").asText();
    Fault fault = faults.getOrDefault(body, new Fault(false, 0));
    if (fault.times() > 0) {
      faults.put(body, new Fault(fault.senderFault(), fault.times() - 1));
      failed
          .addObject()
          .put("Id", id)
          .put("SenderFault", fault.senderFault())
          .put("Code", fault.senderFault() ? "InvalidMessageContents" : "InternalError")
          .put("Message", "as the test says");
    } else {
      arrived.add(body);
      successful
          .addObject()
          .put("Id", id)
          .put("MessageId", "m-" + arrived.size())
          .put("MD5OfMessageBody", md5(body));
    }
  }

  private static String md5(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
