package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.message.RejectionCode;

/// An event that the cloud will never accept as things are.
///
/// @param reason what the cloud said
public record QuarantinedEvent(MachineEvent event, String reason) {
  /// What the reasons of events begin with whose numbers are taken.
  static final String TAKEN = RejectionCode.OUTBOX_CONFLICT.wireName();

  /// Whether it was refused only because its number is taken.
  static boolean isTaken(String reason) {
    return reason.startsWith(TAKEN);
  }
}
