package io.gympulse.local.provision;

/// What a gateway connects to.
///
/// @param uplink the cloud's broker
/// @param lan the broker that the gym's sensors publish to
/// @param basicIngest whether messages go past the cloud's broker to its rules
record Endpoints(HostPort uplink, HostPort lan, boolean basicIngest) {}
