package io.gympulse.cloud.channel;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

/// Where webhooks may go: to public addresses, over https. On one's own machine, where it was
/// allowed, also to the loopback over http.
///
/// A name is refused if any of its addresses is. The client resolves the name again when it
/// connects, and gets the same answer as long as the platform caches it (30 s, see
/// `networkaddress.cache.ttl`); a name that changes in the instant between is not caught. Whoever
/// needs that closed lets calls out through a proxy or network that refuses internal addresses.
public final class WebhookTargets {
  private final boolean loopback;
  private final Resolver resolver;

  /// Finds a name's addresses.
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  sealed interface Verdict {
    record Allowed() implements Verdict {}

    record Refused(String reason) implements Verdict {}

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

  Verdict judge(URI target) {
    boolean secure = "https".equals(target.getScheme());
    if (!secure && !loopback) {
      return new Verdict.Refused("the address does not begin with https://");
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
      return new Verdict.Refused("over http only the loopback may be called");
    }
    return addresses.stream().allMatch(PublicAddress::is)
        ? new Verdict.Allowed()
        : new Verdict.Refused("the address is not a public one");
  }
}
