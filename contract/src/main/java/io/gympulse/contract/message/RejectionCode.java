package io.gympulse.contract.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The kinds of reason for which a message is not taken.
public enum RejectionCode {
  MALFORMED,
  MISSING_FIELD,
  INVALID_FIELD,
  UNKNOWN_VERSION,
  TOO_LARGE,
  TOPIC_MISMATCH,
  UNKNOWN_MACHINE,
  WRONG_GATEWAY,
  CLOCK_FAULT,
  EVENT_AFTER_SENT,
  /// The sender has more waiting, or uses more outboxes, than one gateway may.
  OVER_QUOTA,
  /// The outbox belongs to another gateway, or its number names another event already. The event is
  /// not stored; its gateway gives it a new identity.
  OUTBOX_CONFLICT,
  /// A code of a later version, as read by this one; never written. What to do is told by the
  /// rejection's `retryable`, its detail begins with the code.
  UNRECOGNISED;

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /// The name used in messages, files and the API.
  public String wireName() {
    return wireName;
  }

  public static Optional<RejectionCode> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }

  /// Whether the same message may be taken later: a clock fault mends by itself, and so does what
  /// is over a quota.
  public boolean retryable() {
    return this == CLOCK_FAULT || this == OVER_QUOTA;
  }
}
