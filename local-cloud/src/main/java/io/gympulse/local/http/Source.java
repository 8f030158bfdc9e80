package io.gympulse.local.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// Whose connections are counted together: an IPv4 address, or the /64 network of an IPv6 address,
/// since a host has that as a whole.
///
/// @param network in hexadecimal digits
record Source(String network) {
  private static final int NETWORK_BYTES = 8;

  static Source of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return new Source(
        HexFormat.of()
            .formatHex(
                address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes));
  }
}
