package io.gympulse.local.broker;

import java.nio.file.Path;

/// Where the broker listens, keeps its journal and finds its certificates.
///
/// @param port 0 for any free one
/// @param directory of sessions and retained messages
/// @param serverPem the server's private key and certificate, PEM, in one file
/// @param rootCaPem the authority whose client certificates are taken, PEM
/// @param contacts the file that says when each thing was last heard of
/// @param clockRate how much faster than real time the devices' clocks run; their rates with them
public record BrokerSettings(
    String host,
    int port,
    Path directory,
    Path serverPem,
    Path rootCaPem,
    Path contacts,
    double clockRate) {}
