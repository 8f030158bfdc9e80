package io.gympulse.cloud.api.http;

import io.micronaut.http.HttpRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// From where a request comes: an IPv4 address, or the first 64 bits of an IPv6 address, since
/// whoever has one has all that begin with these.
public record SourceAddress(String value) {
  private static final String FORWARDED = "X-Forwarded-For";

  /// @param forwarded whether a proxy in front adds where a request comes from to the header
  ///     `X-Forwarded-For`; only its last entry is the proxy's own. An entry that is no address, or
  ///     none, leaves the connection's address.
  public static SourceAddress of(HttpRequest<?> request, boolean forwarded) {
    Optional<InetAddress> named = forwarded ? named(request) : Optional.empty();
    return of(named.orElseGet(() -> request.getRemoteAddress().getAddress()));
  }

  /// Of a connection's other side.
  public static SourceAddress of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return new SourceAddress(
        bytes.length == 4
            ? address.getHostAddress()
            : HexFormat.ofDelimiter(":").formatHex(Arrays.copyOf(bytes, 8)) + "::/64");
  }

  private static Optional<InetAddress> named(HttpRequest<?> request) {
    List<String> headers = request.getHeaders().getAll(FORWARDED);
    if (headers.isEmpty()) {
      return Optional.empty();
    }
    String last = headers.getLast();
    return literal(last.substring(last.lastIndexOf(',') + 1).strip());
  }

  /// Some proxies add the port, and with it the brackets that IPv6 needs then.
  static Optional<InetAddress> literal(String entry) {
    String address = entry;
    int end = entry.indexOf(']');
    if (entry.startsWith("[") && end > 0) {
      address = entry.substring(1, end);
    } else if (entry.indexOf(':') == entry.lastIndexOf(':')) {
      address = entry.replaceFirst(":.*", "");
    }
    try {
      return Optional.of(InetAddress.ofLiteral(address));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
