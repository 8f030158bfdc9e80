/// Occupancy aggregates: how long each machine was occupied, free and unknown in each quarter of an
/// hour. Values, their stored form, the port that keeps them, and the pure logic that decides which
/// windows are complete ([Coverage]) and which have to be computed ([AggregationBacklog]).
@NullMarked
package io.gympulse.cloud.core.aggregate;

import org.jspecify.annotations.NullMarked;
