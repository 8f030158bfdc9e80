package io.gympulse.cloud.core.alert;

import java.net.URI;
import java.util.regex.Pattern;

/// Where somebody wants to be told. Values that cannot be reached by their form are refused with an
/// [IllegalArgumentException].
public sealed interface Channel {
  /// Every page that the member has open when it is sent.
  record WebSocket() implements Channel {}

  /// A mailbox.
  ///
  /// @param address `local@domain`, at most 254 characters, without a display name
  record Email(String address) implements Channel {
    private static final int LONGEST = 254;
    private static final Pattern FORM =
        Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}");

    public Email {
      if (address.length() > LONGEST || !FORM.matcher(address).matches()) {
        throw new IllegalArgumentException("address is to be of the form name@domain");
      }
    }
  }

  /// A receiver that is posted to; what it gets is signed.
  ///
  /// @param uri absolute, `http` or `https`, at most 2,000 characters, without user and password
  /// @param secret 16 to 256 characters that sender and receiver share: the signature's key
  record Webhook(URI uri, String secret) implements Channel {
    private static final int LONGEST_URI = 2_000;
    private static final int SHORTEST_SECRET = 16;
    private static final int LONGEST_SECRET = 256;

    public Webhook {
      if (!"https".equals(uri.getScheme()) && !"http".equals(uri.getScheme())) {
        throw new IllegalArgumentException("uri is to begin with https:// or http://");
      }
      if (uri.getHost() == null || uri.getRawUserInfo() != null) {
        throw new IllegalArgumentException("uri is to name a host, and no user");
      }
      if (uri.toString().length() > LONGEST_URI) {
        throw new IllegalArgumentException("uri is longer than %d".formatted(LONGEST_URI));
      }
      if (secret.length() < SHORTEST_SECRET || secret.length() > LONGEST_SECRET) {
        throw new IllegalArgumentException(
            "secret is to have %d to %d characters".formatted(SHORTEST_SECRET, LONGEST_SECRET));
      }
    }

    /// Without the secret, which belongs in no log.
    @Override
    public String toString() {
      return "Webhook[" + uri + "]";
    }
  }
}
