package io.gympulse.cloud.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// The part of S3's protocol that a conditional put and a get need.
final class S3Endpoint implements AutoCloseable {
  /// By path, bucket included.
  final Map<String, byte[]> objects = new ConcurrentHashMap<>();

  private final HttpServer server;

  S3Endpoint() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  S3Client client() {
    return S3Client.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
        .forcePathStyle(true)
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] sent = exchange.getRequestBody().readAllBytes();
    switch (exchange.getRequestMethod()) {
      case "PUT" -> {
        boolean once = "*".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
        byte[] body = chunked(exchange) ? unchunked(sent) : sent;
        if (once && objects.putIfAbsent(path, body) != null) {
          answer(exchange, 412, error("PreconditionFailed"));
        } else {
          objects.put(path, body);
          answer(exchange, 200, new byte[0]);
        }
      }
      case "GET" -> {
        byte @Nullable [] body = objects.get(path);
        answer(exchange, body == null ? 404 : 200, body == null ? error("NoSuchKey") : body);
      }
      default -> answer(exchange, 405, error("MethodNotAllowed"));
    }
  }

  private static boolean chunked(HttpExchange exchange) {
    return String.valueOf(exchange.getRequestHeaders().getFirst("Content-Encoding"))
        .contains("aws-chunked");
  }

  /// Chunks of `<hexadecimal length>[;signature]`, a line's end, the bytes, a line's end.
  private static byte[] unchunked(byte[] sent) throws IOException {
    InputStream input = new ByteArrayInputStream(sent);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int length = Integer.parseInt(line(input).split(";", 2)[0], 16);
    while (length > 0) {
      body.write(input.readNBytes(length));
      line(input);
      length = Integer.parseInt(line(input).split(";", 2)[0], 16);
    }
    return body.toByteArray();
  }

  private static String line(InputStream input) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int it = input.read(); it >= 0 && it != '\n'; it = input.read()) {
      line.append((char) it);
    }
    return line.toString().strip();
  }

  private static byte[] error(String code) {
    return "<Error><Code>%s</Code></Error>".formatted(code).getBytes(StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
