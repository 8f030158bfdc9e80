/// What a function tells its operators: log lines and metrics, a JSON object a line, on standard
/// output. Both are written by hand instead of by a framework, for the sake of a cold start.
@NullMarked
package io.gympulse.cloud.lambda.telemetry;

import org.jspecify.annotations.NullMarked;
