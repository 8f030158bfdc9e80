package io.gympulse.sim.format;

/// One MQTT message, ready to send.
///
/// @param retained whether the broker keeps it for those who subscribe later
public record Publication(String topic, String payload, boolean retained) {}
