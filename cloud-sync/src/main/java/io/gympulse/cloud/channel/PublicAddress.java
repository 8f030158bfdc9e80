package io.gympulse.cloud.channel;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// Tells addresses of the public internet from those that mean something only near us: our own
/// networks, links and metadata services (IANA's special-purpose registries, RFC 6890).
final class PublicAddress {
  private static final List<Block> REFUSED_4 =
      List.of(
          Block.of("0.0.0.0", 8),
          Block.of("10.0.0.0", 8),
          Block.of("100.64.0.0", 10),
          Block.of("127.0.0.0", 8),
          Block.of("169.254.0.0", 16),
          Block.of("172.16.0.0", 12),
          Block.of("192.0.0.0", 24),
          Block.of("192.0.2.0", 24),
          Block.of("192.88.99.0", 24),
          Block.of("192.168.0.0", 16),
          Block.of("198.18.0.0", 15),
          Block.of("198.51.100.0", 24),
          Block.of("203.0.113.0", 24),
          Block.of("224.0.0.0", 3));

  /// Of IPv6 only what is given out as global unicast is public.
  private static final Block GLOBAL_6 = Block.of("2000::", 3);

  private static final List<Block> REFUSED_6 =
      List.of(
          Block.of("2001::", 23),
          Block.of("2001:db8::", 32),
          Block.of("2002::", 16),
          Block.of("3fff::", 20));

  private PublicAddress() {}

  static boolean is(InetAddress address) {
    return switch (address) {
      case Inet4Address v4 -> REFUSED_4.stream().noneMatch(it -> it.holds(v4));
      case Inet6Address v6 ->
          GLOBAL_6.holds(v6) && REFUSED_6.stream().noneMatch(it -> it.holds(v6));
      default -> false;
    };
  }

  private record Block(List<Byte> prefix, int bits) {
    static Block of(String first, int bits) {
      return new Block(bytes(parse(first)), bits);
    }

    boolean holds(InetAddress address) {
      List<Byte> other = bytes(address);
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if (((prefix.get(bit / 8) ^ other.get(bit / 8)) & mask) != 0) {
          return false;
        }
      }
      return true;
    }

    private static InetAddress parse(String literal) {
      try {
        return InetAddress.getByName(literal);
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(literal + " is no address", e);
      }
    }

    private static List<Byte> bytes(InetAddress address) {
      byte[] raw = address.getAddress();
      Byte[] boxed = new Byte[raw.length];
      Arrays.setAll(boxed, it -> raw[it]);
      return List.of(boxed);
    }
  }
}
