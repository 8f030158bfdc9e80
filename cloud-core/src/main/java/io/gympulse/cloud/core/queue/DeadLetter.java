package io.gympulse.cloud.core.queue;

import java.time.Instant;

/// A message that was given up.
///
/// @param at when it was given up, or first sent where that is all that is known
/// @param queue the queue that gave it up
/// @param reason why its last try failed; empty where the queue does not keep it
/// @param body as it was sent
public record DeadLetter(
    Instant at, String queue, String messageId, int receives, String reason, String body) {}
