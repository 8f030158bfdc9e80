/// Aggregates of machine usage per 15 minutes, for operators.
/// Where none is stored, machines are unknown.
@NullMarked
package io.gympulse.cloud.api.aggregates;

import org.jspecify.annotations.NullMarked;
