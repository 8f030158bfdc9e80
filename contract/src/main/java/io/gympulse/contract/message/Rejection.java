package io.gympulse.contract.message;

/// Why a message was not taken.
///
/// @param field the path of the field at fault, such as `events[3].at`; empty for the whole body
/// @param detail one sentence for the person who has to mend it
public record Rejection(RejectionCode code, String field, String detail) {
  @Override
  public String toString() {
    return code.wireName() + (field.isEmpty() ? "" : " " + field) + ": " + detail;
  }
}
