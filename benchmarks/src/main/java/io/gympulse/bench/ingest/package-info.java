/// Events through the cloud's ingest in a second of one core, beside the naive way, over the same
/// stores; and the write units that they cost.
@NullMarked
package io.gympulse.bench.ingest;

import org.jspecify.annotations.NullMarked;
