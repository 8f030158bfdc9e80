package io.gympulse.local.http;

import io.netty.handler.codec.http.HttpRequest;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A request that was received completely. Immutable, except for the content of its body.
public final class ServerRequest {
  private final Target target;
  private final Map<String, String> headers;
  private final byte[] body;
  private final InetAddress source;

  /// Method and URI.
  ///
  /// @param path as it was sent, percent-encoded
  /// @param query as it was sent, without the question mark; empty if there was none
  public record Target(String method, String path, String query) {

    /// @param uri as in the request line
    static Target of(String method, String uri) {
      int mark = uri.indexOf('?');
      return new Target(
          method, mark < 0 ? uri : uri.substring(0, mark), mark < 0 ? "" : uri.substring(mark + 1));
    }
  }

  static ServerRequest of(HttpRequest request, byte[] body, InetAddress source) {
    Map<String, String> headers = new TreeMap<>();
    request
        .headers()
        .forEach(
            it ->
                headers.merge(
                    it.getKey().toLowerCase(Locale.ROOT),
                    it.getValue(),
                    (one, other) -> one + "," + other));
    return new ServerRequest(
        Target.of(request.method().name(), request.uri()), headers, body, source);
  }

  private ServerRequest(
      Target target, Map<String, String> headers, byte[] body, InetAddress source) {
    this.target = target;
    this.headers = Map.copyOf(headers);
    this.body = body;
    this.source = source;
  }

  public String method() {
    return target.method();
  }

  public String path() {
    return target.path();
  }

  public String query() {
    return target.query();
  }

  /// Names are in lower case; the values of a repeated header are joined by commas.
  public Map<String, String> headers() {
    return headers;
  }

  /// Empty if there was none.
  public byte[] body() {
    return body;
  }

  /// The client's address.
  public InetAddress source() {
    return source;
  }
}
