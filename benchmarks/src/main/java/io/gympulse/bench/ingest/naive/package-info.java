/// A naive ingest for comparison: one invocation per event, with sequential reads, writes and
/// calls. It is implemented carefully, so that the comparison is fair.
@NullMarked
package io.gympulse.bench.ingest.naive;

import org.jspecify.annotations.NullMarked;
