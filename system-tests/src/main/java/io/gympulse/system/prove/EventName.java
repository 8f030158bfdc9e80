package io.gympulse.system.prove;

import java.util.UUID;

/// An event's identity.
record EventName(UUID outbox, long seq) {}
