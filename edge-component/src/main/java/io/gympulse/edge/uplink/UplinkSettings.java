package io.gympulse.edge.uplink;

import java.nio.file.Path;

/// Where the cloud's broker listens and how the gateway shows who it is, as PEM files.
///
/// @param rootCa what the broker's certificate must lead to
public record UplinkSettings(
    String host, int port, Path certificate, Path privateKey, Path rootCa, UplinkTopics topics) {}
