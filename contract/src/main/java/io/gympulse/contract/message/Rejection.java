package io.gympulse.contract.message;

import io.gympulse.contract.text.UnicodeText;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Why a message was rejected.
///
/// @param field the path of the invalid field, such as `events[3].at`; empty for the whole body
/// @param detail one sentence for people, cut to 300 characters and made well formed, as it may
///     quote the message
public record Rejection(RejectionCode code, String field, String detail) {
  /// Why a message is rejected, as a code.
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
    /// The sender has more unprocessed messages, or more outboxes, than one gateway may have.
    OVER_QUOTA,
    /// The outbox belongs to another gateway, or another event has the same sequence number. The
    /// event is not stored; its gateway gives it a new identity.
    OUTBOX_CONFLICT,
    /// A code of a later version, as read by this one; never written. The rejection's `retryable`
    /// says what to do; its detail begins with the code.
    UNRECOGNISED;

    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /// The name used in messages, files and the API.
    public String wireName() {
      return wireName;
    }

    public static Optional<RejectionCode> ofWireName(String wireName) {
      return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
    }

    /// Whether the same message may be accepted later: a wrong clock may be corrected, and a quota
    /// may have room again.
    public boolean retryable() {
      return this == CLOCK_FAULT || this == OVER_QUOTA;
    }
  }

  private static final int MAX_DETAIL_CHARS = 300;

  public Rejection {
    detail = UnicodeText.abridged(detail, MAX_DETAIL_CHARS);
  }

  @Override
  public String toString() {
    return code.wireName() + (field.isEmpty() ? "" : " " + field) + ": " + detail;
  }
}
