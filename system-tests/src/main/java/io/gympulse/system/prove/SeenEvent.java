package io.gympulse.system.prove;

import java.time.Instant;

/// An event as the gateway's observer or a reader of the store saw it.
record SeenEvent(EventName name, Instant at, String machine, String status) {}
