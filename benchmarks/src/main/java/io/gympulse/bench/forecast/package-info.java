/// Forecasts held against what happened and against simple peers: on a file of head counts, or on
/// simulated gyms. Each forecast uses only what was known at its time.
@NullMarked
package io.gympulse.bench.forecast;

import org.jspecify.annotations.NullMarked;
