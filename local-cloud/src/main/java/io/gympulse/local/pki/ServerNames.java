package io.gympulse.local.pki;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The subject alternative names of a server's certificate: DNS names in lower case, and addresses
/// as text. Immutable.
public record ServerNames(Set<String> dns, Set<String> addresses) {

  private static final String DNS_NAME =
      "[a-z0-9]([a-z0-9-]{0,62})(\\.[a-z0-9]([a-z0-9-]{0,62}))*|[a-z0-9]";

  public ServerNames {
    dns = Set.copyOf(dns);
    addresses = Set.copyOf(addresses);
  }

  /// Localhost, the loopback addresses, the host to listen on, and additional names. If the server
  /// listens on every address (`0.0.0.0`, `::`), also all addresses of the machine and its host
  /// name.
  ///
  /// @param more DNS names or addresses by which clients reach the server, such as a router's
  /// @throws IllegalArgumentException if one is neither a DNS name nor an address
  /// @throws IOException if the machine's addresses cannot be listed
  public static ServerNames of(String host, List<String> more) throws IOException {
    Set<String> dns = new LinkedHashSet<>(List.of("localhost"));
    Set<String> addresses = new LinkedHashSet<>(List.of("127.0.0.1", "0:0:0:0:0:0:0:1"));
    add(host, "--host", dns, addresses);
    for (String name : more) {
      add(name, "--name", dns, addresses);
    }
    if (isAddress(host) && InetAddress.getByName(host).isAnyLocalAddress()) {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .forEach(it -> addresses.add(text(it)));
      String name = hostName();
      if (name.matches(DNS_NAME)) {
        dns.add(name);
      }
    }
    return new ServerNames(dns, addresses);
  }

  /// Whether a certificate has all of these names.
  boolean areAmong(Collection<String> names) {
    return names.containsAll(dns) && names.containsAll(addresses);
  }

  private static void add(String name, String option, Set<String> dns, Set<String> addresses)
      throws UnknownHostException {
    String lower = name.toLowerCase(Locale.ROOT);
    if (isAddress(name)) {
      // Text of digits, dots and colons is not resolved by DNS.
      InetAddress address = InetAddress.getByName(name);
      if (!address.isAnyLocalAddress()) {
        addresses.add(text(address));
      }
    } else if (lower.matches(DNS_NAME)) {
      dns.add(lower);
    } else {
      throw new IllegalArgumentException(
          option + ": '" + name + "' is neither a DNS name nor an address");
    }
  }

  private static boolean isAddress(String text) {
    return text.matches("\\d{1,3}(\\.\\d{1,3}){3}")
        || text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  }

  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return address instanceof Inet6Address && scope >= 0 ? text.substring(0, scope) : text;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
    } catch (UnknownHostException e) {
      return "";
    }
  }
}
