package io.gympulse.process;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Refuses requests that a browser sends on behalf of another site. A browser sets the headers that
/// are looked at, and no page can change them; clients that are no browsers send `Host` alone.
///
/// `Host` must be `localhost`, one of the server's names or an address of this machine, so that a
/// name that somebody else bound to this machine's address reaches nothing (DNS rebinding); the
/// port does not matter. `Origin`, if there is one, must be the host and port that the request went
/// to, or one of the published names. Without it, a request that changes something is refused if
/// the browser marks it by `Sec-Fetch-Site: cross-site`. Immutable.
public final class SiteCheck {
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]{2,45})]|([A-Za-z0-9._-]{1,253}))(?::(\\d{0,5}))?");
  private static final Pattern ORIGIN = Pattern.compile("(https?)://([^/]{1,300})");
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  private final Set<String> names;
  private final Set<String> published;

  /// A server whose own pages come from the port that they call.
  ///
  /// @param names of the server, without ports, besides `localhost`
  public SiteCheck(Collection<String> names) {
    this(names, Set.of());
  }

  private SiteCheck(Collection<String> names, Collection<String> published) {
    this.published =
        published.stream().map(SiteCheck::normal).collect(Collectors.toUnmodifiableSet());
    this.names =
        Stream.concat(Stream.of("localhost"), Stream.concat(names.stream(), published.stream()))
            .map(SiteCheck::normal)
            .collect(Collectors.toUnmodifiableSet());
  }

  /// A server that others publish, such as a proxy: pages of the published names are its own,
  /// whatever the port.
  ///
  /// @param names without ports, in lower or upper case; addresses of IPv6 with or without brackets
  public static SiteCheck published(Collection<String> names) {
    return new SiteCheck(Set.of(), names);
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

  /// A request, as far as it is looked at.
  ///
  /// @param hosts every header `Host`; exactly one is expected
  /// @param origins every header `Origin`
  /// @param fetchSite the header `Sec-Fetch-Site`
  /// @param reached the local address of the connection, which is the only address that is known
  ///     besides the loopback's; any is if this is empty
  public record Asked(
      String method,
      List<String> hosts,
      List<String> origins,
      Optional<String> fetchSite,
      Optional<InetAddress> reached) {
    public Asked {
      hosts = List.copyOf(hosts);
      origins = List.copyOf(origins);
    }
  }

  public Verdict judge(Asked asked) {
    Optional<Authority> host =
        asked.hosts().size() == 1 ? Authority.of(asked.hosts().getFirst()) : Optional.empty();
    if (host.isEmpty() || !isOwn(host.get().host(), asked.reached())) {
      return Verdict.FOREIGN_HOST;
    }
    boolean own =
        asked.origins().isEmpty()
            ? SAFE_METHODS.contains(asked.method())
                || !asked.fetchSite().equals(Optional.of("cross-site"))
            : asked.origins().size() == 1 && isOwn(asked.origins().getFirst(), host.get());
    return own ? Verdict.KNOWN : Verdict.FOREIGN_ORIGIN;
  }

  /// Why the request is refused; empty if it is not. Every address is known as a host.
  ///
  /// @param host the header `Host`
  /// @param origin the header `Origin`
  /// @param fetchSite the header `Sec-Fetch-Site`
  public Optional<String> refusal(
      String method, @Nullable String host, @Nullable String origin, @Nullable String fetchSite) {
    Asked asked =
        new Asked(
            method,
            Stream.ofNullable(host).toList(),
            Stream.ofNullable(origin).toList(),
            Optional.ofNullable(fetchSite),
            Optional.empty());
    return switch (judge(asked)) {
      case KNOWN -> Optional.empty();
      case FOREIGN_HOST ->
          Optional.of(
              "the header Host does not name this server; use its address or the name that it was"
                  + " started with");
      case FOREIGN_ORIGIN -> Optional.of("requests from pages of other sites are refused");
    };
  }

  /// Whether a text can be a name or address of a server.
  public static boolean isName(String text) {
    return Authority.of(text.contains(":") && !text.startsWith("[") ? "[" + text + "]" : text)
        .filter(it -> it.port().isEmpty())
        .isPresent();
  }

  private boolean isOwn(String host, Optional<InetAddress> reached) {
    return names.contains(host)
        || literal(host)
            .filter(it -> reached.isEmpty() || it.isLoopbackAddress() || it.equals(reached.get()))
            .isPresent();
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
                published.contains(it.host())
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
          new Authority(
              normal(host),
              Optional.ofNullable(parts.group(3))
                  .filter(it -> !it.isEmpty())
                  .map(Integer::valueOf)));
    }
  }
}
