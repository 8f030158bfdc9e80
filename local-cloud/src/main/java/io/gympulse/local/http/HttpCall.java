package io.gympulse.local.http;

import java.net.InetAddress;
import java.util.Map;

/// A request that was read to its end. Immutable, as long as nobody writes to its body.
public final class HttpCall {
  private final Target target;
  private final Map<String, String> headers;
  private final byte[] body;
  private final InetAddress source;

  /// What is asked for.
  ///
  /// @param path as it was sent, percent-encoded
  /// @param query as it was sent, without the question mark; empty if there was none
  public record Target(String method, String path, String query) {

    /// @param address as in the request's first line
    static Target of(String method, String address) {
      int mark = address.indexOf('?');
      return new Target(
          method,
          mark < 0 ? address : address.substring(0, mark),
          mark < 0 ? "" : address.substring(mark + 1));
    }
  }

  HttpCall(Target target, Map<String, String> headers, byte[] body, InetAddress source) {
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

  /// Names are in lower case; the values of one that was repeated are joined by commas.
  public Map<String, String> headers() {
    return headers;
  }

  /// Empty if there was none.
  public byte[] body() {
    return body;
  }

  /// Where the connection comes from.
  public InetAddress source() {
    return source;
  }
}
