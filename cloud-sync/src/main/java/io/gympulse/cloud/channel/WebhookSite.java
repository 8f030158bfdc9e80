package io.gympulse.cloud.channel;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// Whose a webhook's address is, as far as it says: a name's last two labels, since whoever has
/// those makes as many names below them as he likes. All addresses that are given as numbers are
/// one site, since numbers cost nothing; those of the loopback are one for each port, as on a
/// machine where that is allowed each is a program of its own.
///
/// Parties that share a name's end, such as customers of one host, share a site: they have less
/// room together, not none.
record WebhookSite(String name) {
  private static final WebhookSite NUMBERS = new WebhookSite("numbers");

  static WebhookSite of(URI webhook) {
    String host = webhook.getHost().toLowerCase(Locale.ROOT);
    Optional<InetAddress> number = number(host);
    if (host.equals("localhost") || number.filter(InetAddress::isLoopbackAddress).isPresent()) {
      return new WebhookSite(webhook.getRawAuthority());
    }
    return number.isPresent() ? NUMBERS : new WebhookSite(end(host));
  }

  /// The form of numbers that a URI has, brackets included.
  private static Optional<InetAddress> number(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String end(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    int dot = name.lastIndexOf('.', Math.max(0, name.lastIndexOf('.') - 1));
    return name.substring(dot + 1);
  }
}
