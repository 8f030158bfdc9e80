/// Forecasts of free machines, for members: a machine in some minutes, a category at a time of
/// today. Where there is none, the response says why.
@NullMarked
package io.gympulse.cloud.api.forecasts;

import org.jspecify.annotations.NullMarked;
