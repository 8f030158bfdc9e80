/// What machines did over time, for operators: aggregates per quarter of an hour.
/// Where the store has none, machines are unknown.
@NullMarked
package io.gympulse.cloud.api.aggregates;

import org.jspecify.annotations.NullMarked;
