package io.gympulse.edge.sensing.gpio.line;

/// A line's level changed.
///
/// @param high the level from here on
/// @param sequence counts the edges of one request from 1, in 32 bits; a gap means lost ones
/// @param nanos when it happened, on the clock of [GpioChips#nanos]
public record Edge(int line, boolean high, long sequence, long nanos) {}
