/// How long machines were in each status, in windows of a quarter of an hour.
/// A pure function of stored events and coverage.
@NullMarked
package io.gympulse.cloud.state.aggregate;

import org.jspecify.annotations.NullMarked;
