package io.gympulse.cloud.notify.channel;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Decides which addresses webhooks may call: public addresses over https; if allowed, also the
/// loopback over http.
///
/// A name is rejected if any of its addresses is. The client resolves the name again when it
/// connects, and gets the same addresses as long as the platform caches them (30 s, see
/// `networkaddress.cache.ttl`); a name that changes in between is not detected. To close that gap,
/// route calls through a proxy or network that blocks internal addresses.
public final class WebhookTargets {
  private static final String LITERAL_ADDRESSES = "numbers";

  // IANA's special-purpose registries, RFC 6890.
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

  /// In IPv6 only global unicast addresses are public.
  private static final Block GLOBAL_6 = Block.of("2000::", 3);

  private static final List<Block> REFUSED_6 =
      List.of(
          Block.of("2001::", 23),
          Block.of("2001:db8::", 32),
          Block.of("2002::", 16),
          Block.of("3fff::", 20));

  private final boolean loopback;
  private final Resolver resolver;

  /// Resolves a name to its addresses.
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  sealed interface Verdict {
    record Allowed() implements Verdict {}

    record Rejected(String reason) implements Verdict {}

    /// The name has no address now.
    record Unresolved() implements Verdict {}
  }

  WebhookTargets(boolean loopback, Resolver resolver) {
    this.loopback = loopback;
    this.resolver = resolver;
  }

  public static WebhookTargets publicOnly() {
    return new WebhookTargets(false, InetAddress::getAllByName);
  }

  public static WebhookTargets publicAndLoopback() {
    return new WebhookTargets(true, InetAddress::getAllByName);
  }

  Verdict check(URI target) {
    boolean secure = "https".equals(target.getScheme());
    if (!secure && !loopback) {
      return new Verdict.Rejected("the address does not begin with https://");
    }
    List<InetAddress> addresses;
    try {
      addresses = List.of(resolver.resolve(target.getHost()));
    } catch (UnknownHostException e) {
      return new Verdict.Unresolved();
    }
    if (loopback && addresses.stream().allMatch(InetAddress::isLoopbackAddress)) {
      return new Verdict.Allowed();
    }
    if (!secure) {
      return new Verdict.Rejected("over http only the loopback may be called");
    }
    return addresses.stream().allMatch(WebhookTargets::isPublic)
        ? new Verdict.Allowed()
        : new Verdict.Rejected("the address is not a public one");
  }

  private static boolean isPublic(InetAddress address) {
    return switch (address) {
      case Inet4Address v4 -> REFUSED_4.stream().noneMatch(it -> it.contains(v4));
      case Inet6Address v6 ->
          GLOBAL_6.contains(v6) && REFUSED_6.stream().noneMatch(it -> it.contains(v6));
      default -> false;
    };
  }

  /// The site that a webhook's address belongs to. Addresses of one site are isolated together: a
  /// name's last two labels, since their owner can create any number of names below them. All
  /// literal addresses are one site, since they cost nothing; those of the loopback are one site
  /// per port, as on a machine where that is allowed each is a program of its own.
  ///
  /// Parties that share a name's end, such as customers of one host, share a site and its limits.
  static String site(URI webhook) {
    String host = webhook.getHost().toLowerCase(Locale.ROOT);
    Optional<InetAddress> literal = literal(host);
    if (host.equals("localhost") || literal.filter(InetAddress::isLoopbackAddress).isPresent()) {
      return webhook.getRawAuthority();
    }
    return literal.isPresent() ? LITERAL_ADDRESSES : registeredName(host);
  }

  /// The address that a URI contains in literal form, possibly in brackets.
  private static Optional<InetAddress> literal(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String registeredName(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    int dot = name.lastIndexOf('.', Math.max(0, name.lastIndexOf('.') - 1));
    return name.substring(dot + 1);
  }

  private record Block(List<Byte> prefix, int bits) {
    static Block of(String first, int bits) {
      return new Block(bytes(parse(first)), bits);
    }

    boolean contains(InetAddress address) {
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
