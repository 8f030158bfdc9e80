/// Forecasts of free machines: a Markov model of each category, fitted to its aggregates and
/// calibrated on days that the fit has not seen, and the port that keeps the models. Pure but for
/// the port.
@NullMarked
package io.gympulse.cloud.core.forecast;

import org.jspecify.annotations.NullMarked;
