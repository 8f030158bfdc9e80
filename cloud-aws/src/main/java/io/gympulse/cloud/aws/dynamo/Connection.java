package io.gympulse.cloud.aws.dynamo;

/// What every adapter of this package works with.
///
/// @param tables what the tables are called
record Connection(Calls calls, Tables tables, Reading reading, Parallel parallel) {}
