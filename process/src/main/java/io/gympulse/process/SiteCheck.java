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

/// Detects requests that a browser sends on behalf of another site. The browser sets the headers
/// that are checked, and no page can change them; other clients send `Host` alone.
///
/// `Host` must be `localhost`, one of the server's names or an address of this machine, so that
/// requests to a foreign name that resolves to this machine's address are refused (DNS rebinding);
/// any port is accepted. `Origin`, if there is one, must be the host and port that the request went
/// to, or one of the published names. Without it, a request that changes something is refused if
/// the browser marks it by `Sec-Fetch-Site: cross-site`. Immutable.
public final class SiteCheck {
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]{2,45})]|([A-Za-z0-9._-]{1,253}))(?::(\\d{0,5}))?");
  private static final Pattern ORIGIN = Pattern.compile("(https?)://([^/]{1,300})");
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  private final Set<String> names;
  private final Set<String> published;

  /// For a server whose pages are served from the port that they call.
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

  /// For a server behind a proxy or another publisher: pages of the published names are its own, on
  /// any port.
  ///
  /// @param names without ports, in lower or upper case; IPv6 addresses with or without brackets
  public static SiteCheck published(Collection<String> names) {
    return new SiteCheck(Set.of(), names);
  }

  /// The result for a request.
  public enum Verdict {
    ALLOWED,
    /// `Host` is missing, repeated, or not a name of this server.
    FOREIGN_HOST,
    /// A page of another site sent the request.
    FOREIGN_ORIGIN
  }

  /// The checked parts of a request.
  ///
  /// @param hosts every header `Host`; exactly one is expected
  /// @param origins every header `Origin`
  /// @param fetchSite the header `Sec-Fetch-Site`
  /// @param reached the local address of the connection, the only address besides loopback that is
  ///     accepted as `Host`; if empty, any address is
  public record Request(
      String method,
      List<String> hosts,
      List<String> origins,
      Optional<String> fetchSite,
      Optional<InetAddress> reached) {
    public Request {
      hosts = List.copyOf(hosts);
      origins = List.copyOf(origins);
    }
  }

  public Verdict check(Request request) {
    Optional<Authority> host =
        request.hosts().size() == 1 ? Authority.of(request.hosts().getFirst()) : Optional.empty();
    if (host.isEmpty() || !isOwn(host.get().host(), request.reached())) {
      return Verdict.FOREIGN_HOST;
    }
    boolean own =
        request.origins().isEmpty()
            ? SAFE_METHODS.contains(request.method())
                || !request.fetchSite().equals(Optional.of("cross-site"))
            : request.origins().size() == 1 && isOwn(request.origins().getFirst(), host.get());
    return own ? Verdict.ALLOWED : Verdict.FOREIGN_ORIGIN;
  }

  /// Why the request is refused; empty if it is allowed. Every address is accepted as a host.
  ///
  /// @param host the header `Host`
  /// @param origin the header `Origin`
  /// @param fetchSite the header `Sec-Fetch-Site`
  public Optional<String> refusal(
      String method, @Nullable String host, @Nullable String origin, @Nullable String fetchSite) {
    Request request =
        new Request(
            method,
            Stream.ofNullable(host).toList(),
            Stream.ofNullable(origin).toList(),
            Optional.ofNullable(fetchSite),
            Optional.empty());
    return switch (check(request)) {
      case ALLOWED -> Optional.empty();
      case FOREIGN_HOST ->
          Optional.of(
              "the header Host does not name this server; use its address or the name that it was"
                  + " started with");
      case FOREIGN_ORIGIN -> Optional.of("requests from pages of other sites are refused");
    };
  }

  /// Whether a text has the form of a server's name or address.
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

  /// Of literals only: names are never resolved.
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
