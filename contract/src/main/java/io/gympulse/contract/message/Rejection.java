package io.gympulse.contract.message;

import io.gympulse.contract.text.UnicodeText;

/// Why a message was not taken.
///
/// @param field the path of the field at fault, such as `events[3].at`; empty for the whole body
/// @param detail one sentence for the person who has to mend it, of at most 300 characters; it may
///     quote what was sent, so it is cut and made well formed
public record Rejection(RejectionCode code, String field, String detail) {
  private static final int MAX_DETAIL_CHARS = 300;

  public Rejection {
    detail = UnicodeText.abridged(detail, MAX_DETAIL_CHARS);
  }

  @Override
  public String toString() {
    return code.wireName() + (field.isEmpty() ? "" : " " + field) + ": " + detail;
  }
}
