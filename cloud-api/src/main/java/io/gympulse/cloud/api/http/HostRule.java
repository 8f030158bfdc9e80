package io.gympulse.cloud.api.http;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which requests come from this server's own pages or from programs, by their headers `Host` and
/// `Origin`. A browser sets both, and no page can change them. Two attacks are refused: a foreign
/// name that was pointed at this machine (DNS rebinding), and a foreign page that sends requests
/// here.
///
/// A host is known if it is the loopback's, the address that the connection came to, or one of the
/// configured names; the port does not matter. An origin is known if it is the host and port that
/// the request went to, or the host of a configured name. Pure and immutable.
public final class HostRule {
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]{2,45})]|([A-Za-z0-9._-]{1,253}))(?::(\\d{1,5}))?");
  private static final Pattern ORIGIN = Pattern.compile("(https?)://([^/]{1,300})");

  private final Set<String> names;

  /// @param names lower or upper case; addresses of IPv6 with or without brackets
  public HostRule(Collection<String> names) {
    this.names = names.stream().map(HostRule::normal).collect(Collectors.toUnmodifiableSet());
  }

  /// What is wrong with a request.
  public enum Verdict {
    /// Nothing.
    KNOWN,
    /// It was sent to a name that is not this server's, or to none.
    FOREIGN_HOST,
    /// It was sent by a page of another site.
    FOREIGN_ORIGIN
  }

  /// @param hosts every `Host` header; exactly one is expected
  /// @param origins every `Origin` header; programs send none
  /// @param reached the local address of the connection, if it has one
  public Verdict judge(List<String> hosts, List<String> origins, @Nullable InetAddress reached) {
    Optional<Authority> host =
        hosts.size() == 1 ? Authority.of(hosts.getFirst()) : Optional.empty();
    if (host.isEmpty() || !isOwn(host.get().host(), reached)) {
      return Verdict.FOREIGN_HOST;
    }
    return origins.isEmpty() || (origins.size() == 1 && isOwn(origins.getFirst(), host.get()))
        ? Verdict.KNOWN
        : Verdict.FOREIGN_ORIGIN;
  }

  /// Whether a text can be a name or address in [#HostRule].
  public static boolean isName(String text) {
    return Authority.of(text.contains(":") && !text.startsWith("[") ? "[" + text + "]" : text)
        .filter(it -> it.port().isEmpty())
        .isPresent();
  }

  private boolean isOwn(String host, @Nullable InetAddress reached) {
    if (host.equals("localhost") || names.contains(host)) {
      return true;
    }
    return literal(host).filter(it -> it.isLoopbackAddress() || it.equals(reached)).isPresent();
  }

  private boolean isOwn(String origin, Authority host) {
    Matcher parts = ORIGIN.matcher(origin.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return false;
    }
    int standard = parts.group(1).equals("https") ? 443 : 80;
    return Authority.of(parts.group(2))
        .filter(
            it ->
                names.contains(it.host())
                    || (it.host().equals(host.host())
                        && it.port().orElse(standard).equals(host.port().orElse(standard))))
        .isPresent();
  }

  /// Only of literals: a name is never resolved here.
  private static Optional<InetAddress> literal(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String normal(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    String lower = bare.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private record Authority(String host, Optional<Integer> port) {
    static Optional<Authority> of(String text) {
      Matcher parts = AUTHORITY.matcher(text.strip());
      if (!parts.matches()) {
        return Optional.empty();
      }
      String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
      return Optional.of(
          new Authority(normal(host), Optional.ofNullable(parts.group(3)).map(Integer::valueOf)));
    }
  }
}
