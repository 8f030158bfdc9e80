package io.gympulse.edge.screen;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Refuses requests that a page of another site may have made a browser send.
///
/// A host name under an attacker's control can be made to resolve to the gateway (DNS rebinding):
/// so the header `Host` has to be an IP address or one of the machine's own names. A write has to
/// come from a page of this server, by its header `Origin`, which no page can forge.
record RequestGuard(String scheme, Set<String> names) {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F:.]+(%[\\w.]+)?]");
  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

  /// @param scheme `https` or `http`
  /// @param names the machine's host names, in lower case
  RequestGuard {
    names = Set.copyOf(names);
  }

  static RequestGuard of(String scheme, String hostName) {
    String name = hostName.toLowerCase(Locale.ROOT);
    return new RequestGuard(scheme, Set.of("localhost", name, name + ".local"));
  }

  boolean isOwnHost(Optional<String> hostHeader) {
    return hostHeader.map(it -> PORT.matcher(it).replaceFirst("")).filter(this::isOwn).isPresent();
  }

  private boolean isOwn(String host) {
    return IPV4.matcher(host).matches()
        || IPV6.matcher(host).matches()
        || names.contains(host.toLowerCase(Locale.ROOT));
  }

  boolean isOwnOrigin(Optional<String> originHeader, Optional<String> hostHeader) {
    return hostHeader.isPresent()
        && originHeader
            .filter(it -> it.equalsIgnoreCase(scheme + "://" + hostHeader.get()))
            .isPresent();
  }
}
