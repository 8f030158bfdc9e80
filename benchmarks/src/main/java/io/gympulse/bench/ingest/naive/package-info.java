/// The plainest ingest: an invocation per event that reads, writes and calls one thing after the
/// other. Written with care, so that what it lacks is ideas and not effort.
@NullMarked
package io.gympulse.bench.ingest.naive;

import org.jspecify.annotations.NullMarked;
