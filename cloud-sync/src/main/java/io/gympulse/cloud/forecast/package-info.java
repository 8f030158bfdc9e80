/// Refits the models of forecasts each night from stored aggregates: in one process by a schedule,
/// or by a planner and a worker with a queue between them.
@NullMarked
package io.gympulse.cloud.forecast;

import org.jspecify.annotations.NullMarked;
