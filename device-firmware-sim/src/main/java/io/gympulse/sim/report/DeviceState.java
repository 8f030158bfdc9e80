package io.gympulse.sim.report;

/// A device of some type, seen in some state.
public record DeviceState(String type, String state) {}
