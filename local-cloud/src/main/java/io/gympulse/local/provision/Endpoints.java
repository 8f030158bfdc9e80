package io.gympulse.local.provision;

/// What a gateway connects to.
///
/// @param uplink the cloud's broker
/// @param lan the broker that the gym's sensors publish to
record Endpoints(HostPort uplink, HostPort lan) {}
