package io.gympulse.cloud.api.http;

import io.micronaut.http.HttpRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The client address that limits are counted by: an IPv4 address, or the /64 network of an IPv6
/// address, since a client usually has a whole /64 to itself.
public record SourceAddress(String value) {
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  /// @param trustForwardedFor whether a proxy in front appends the client's address to the header
  ///     `X-Forwarded-For`. Only the last entry is used, since clients can send the others; without
  ///     a valid one the connection's address counts.
  public static SourceAddress of(HttpRequest<?> request, boolean trustForwardedFor) {
    Optional<InetAddress> forwarded = trustForwardedFor ? forwardedFor(request) : Optional.empty();
    return of(forwarded.orElseGet(() -> request.getRemoteAddress().getAddress()));
  }

  /// @param address of a connection's peer
  public static SourceAddress of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return new SourceAddress(
        bytes.length == 4
            ? address.getHostAddress()
            : HexFormat.ofDelimiter(":").formatHex(Arrays.copyOf(bytes, 8)) + "::/64");
  }

  private static Optional<InetAddress> forwardedFor(HttpRequest<?> request) {
    List<String> headers = request.getHeaders().getAll(FORWARDED_FOR);
    if (headers.isEmpty()) {
      return Optional.empty();
    }
    String last = headers.getLast();
    return literal(last.substring(last.lastIndexOf(',') + 1).strip());
  }

  /// Parses an entry with or without a port, and the brackets of an IPv6 address with a port.
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
