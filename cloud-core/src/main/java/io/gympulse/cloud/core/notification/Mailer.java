package io.gympulse.cloud.core.notification;

/// Sends mail. Foreseen failures are returned, not thrown. Safe for any number of threads.
public interface Mailer {
  DeliveryOutcome send(Mail mail);

  /// A plain mail. Control characters in header fields are rejected with an
  /// [IllegalArgumentException]: they could add headers or receivers.
  ///
  /// @param deliveryId the same at every attempt
  /// @param to `local@domain`
  /// @param subject one line
  /// @param body lines separated by `\n`
  record Mail(String deliveryId, String to, String subject, String body) {
    public Mail {
      requireOneLine("deliveryId", deliveryId);
      requireOneLine("to", to);
      requireOneLine("subject", subject);
    }

    private static void requireOneLine(String field, String value) {
      if (value.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(field + " is not to contain control characters");
      }
    }
  }
}
