package io.gympulse.local.things;

import java.time.Instant;

/// The last time at which a thing was heard of.
///
/// @param at in real time: its newest packet, or the end of its connection
/// @param connected whether it was connected then
public record Contact(Instant at, boolean connected) {}
