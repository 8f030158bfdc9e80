package io.gympulse.cloud.ingest;

import io.gympulse.contract.message.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// Where a message came from and when.
///
/// @param receivedAt stamped by the front door
/// @param text the message as the rule passed it on, for whoever has to look into a rejection
record Origin(String topic, Instant receivedAt, String text) {

  /// @param count how many events or rows are refused by this; 1 for a whole message
  Reject reject(Rejection rejection, int count) {
    return Reject.of(
        rejection, count, topic, Optional.of(receivedAt), text.getBytes(StandardCharsets.UTF_8));
  }
}
