package io.gympulse.edge.configuration;

import java.nio.file.Path;

/// The installer's screen.
///
/// @param host the address to listen on
/// @param port 0 for any that is free
/// @param tls false only on the loopback address
/// @param floorPlan the file that binding writes
public record ScreenSettings(String host, int port, boolean tls, Path floorPlan) {}
