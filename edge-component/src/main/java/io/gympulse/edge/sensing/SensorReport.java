package io.gympulse.edge.sensing;

import java.time.Instant;
import java.util.Optional;

/// What a source knows of one sensor since the start.
///
/// @param readings that were passed on
/// @param ignored messages that were sound but no news: about something else, repeated or outdated
/// @param malformed messages that could not be read
/// @param mistimed readings whose own time could not be believed; they count as readings, too
/// @param available false while the device is said to be away
/// @param lastSeen when it last sent anything that could be read
public record SensorReport(
    long readings,
    long ignored,
    long malformed,
    long mistimed,
    boolean available,
    Optional<Instant> lastSeen) {}
