package io.gympulse.cloud.core.notification;

import java.net.URI;
import java.util.regex.Pattern;

/// An address of notifications. Malformed values are rejected with an [IllegalArgumentException].
public sealed interface Channel {
  /// Every WebSocket connection that the member has open when the notification is sent.
  record WebSocket() implements Channel {}

  /// A mailbox.
  ///
  /// @param address `local@domain`, at most 254 characters, without a display name
  record Email(String address) implements Channel {
    private static final int MAX_LENGTH = 254;
    private static final Pattern FORM =
        Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}");

    public Email {
      if (address.length() > MAX_LENGTH || !FORM.matcher(address).matches()) {
        throw new IllegalArgumentException("address is to be of the form name@domain");
      }
    }
  }

  /// A receiver of signed POST requests.
  ///
  /// @param uri absolute, `http` or `https`, at most 2,000 characters, without user and password
  /// @param secret 16 to 256 characters that sender and receiver share: the key of the signature
  record Webhook(URI uri, String secret) implements Channel {
    private static final int MAX_URI = 2_000;
    private static final int MIN_SECRET = 16;
    private static final int MAX_SECRET = 256;

    public Webhook {
      if (!"https".equals(uri.getScheme()) && !"http".equals(uri.getScheme())) {
        throw new IllegalArgumentException("uri is to begin with https:// or http://");
      }
      if (uri.getHost() == null || uri.getRawUserInfo() != null) {
        throw new IllegalArgumentException("uri is to name a host, and no user");
      }
      if (uri.toString().length() > MAX_URI) {
        throw new IllegalArgumentException("uri is longer than %d".formatted(MAX_URI));
      }
      if (secret.length() < MIN_SECRET || secret.length() > MAX_SECRET) {
        throw new IllegalArgumentException(
            "secret is to have %d to %d characters".formatted(MIN_SECRET, MAX_SECRET));
      }
    }

    /// Omits the secret, which must not be logged.
    @Override
    public String toString() {
      return "Webhook[" + uri + "]";
    }
  }
}
