package io.gympulse.system.prove;

import java.time.Instant;

/// A member was told.
///
/// @param delivery the id under which
/// @param since the beginning of the free period, as told
record Telling(String delivery, String machine, Instant since) {}
