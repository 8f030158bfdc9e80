package io.gympulse.cloud.api.http;

import io.micronaut.http.HttpRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// From where a request comes: an IPv4 address, or the first 64 bits of an IPv6 address, since
/// whoever has one has all that begin with these.
public record SourceAddress(String value) {
  private static final String FORWARDED = "X-Forwarded-For";

  /// @param forwarded whether a proxy in front adds where a request comes from to the header
  ///     `X-Forwarded-For`; only its last entry is the proxy's own
  public static SourceAddress of(HttpRequest<?> request, boolean forwarded) {
    List<String> headers = request.getHeaders().getAll(FORWARDED);
    if (forwarded && !headers.isEmpty()) {
      String[] entries = headers.getLast().split(",", -1);
      return new SourceAddress(entries[entries.length - 1].strip());
    }
    return of(request.getRemoteAddress().getAddress());
  }

  static SourceAddress of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return new SourceAddress(
        bytes.length == 4
            ? address.getHostAddress()
            : HexFormat.ofDelimiter(":").formatHex(Arrays.copyOf(bytes, 8)) + "::/64");
  }
}
