package io.gympulse.contract.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Refuses requests that a browser sends on behalf of another site.
///
/// `Host` must be an address literal, `localhost` or one of the server's own names, so that a name
/// that was bound to this machine's address by somebody else reaches nothing (DNS rebinding).
/// `Origin`, if there is one, must be that of the server itself. A request that changes something
/// and that the browser marks by `Sec-Fetch-Site: cross-site` is refused too. Clients that are no
/// browsers send neither `Origin` nor `Sec-Fetch-Site`. Immutable.
public final class SiteCheck {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F:.]+]");
  private static final Pattern PORT = Pattern.compile(":\\d{0,5}$");
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  private final Set<String> names;

  /// @param names of the server, without ports, besides `localhost`
  public SiteCheck(Set<String> names) {
    this.names =
        Stream.concat(Stream.of("localhost"), names.stream().map(SiteCheck::lower))
            .collect(Collectors.toUnmodifiableSet());
  }

  /// Why the request is refused; empty if it is not.
  ///
  /// @param host the header `Host`
  /// @param origin the header `Origin`
  /// @param fetchSite the header `Sec-Fetch-Site`
  public Optional<String> refusal(
      String method, @Nullable String host, @Nullable String origin, @Nullable String fetchSite) {
    if (host == null || !isOwn(PORT.matcher(host).replaceFirst(""))) {
      return Optional.of(
          "the header Host does not name this server; use its address or the name that it was"
              + " started with");
    }
    boolean foreign = origin != null && !isOrigin(origin, host);
    boolean crossSite = "cross-site".equals(fetchSite) && !SAFE_METHODS.contains(method);
    return foreign || crossSite
        ? Optional.of("requests from pages of other sites are refused")
        : Optional.empty();
  }

  private boolean isOwn(String name) {
    return IPV4.matcher(name).matches()
        || IPV6.matcher(name).matches()
        || names.contains(lower(name));
  }

  private static boolean isOrigin(String origin, String host) {
    String own = lower(host);
    String given = lower(origin);
    return given.equals("http://" + own) || given.equals("https://" + own);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
