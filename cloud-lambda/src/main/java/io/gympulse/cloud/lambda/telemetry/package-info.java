/// Log lines and metrics of a function: a JSON object per line, on standard output. Both are
/// written without a framework, for a fast cold start.
@NullMarked
package io.gympulse.cloud.lambda.telemetry;

import org.jspecify.annotations.NullMarked;
