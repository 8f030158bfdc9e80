/// Events per second through the cloud's ingest on one core, beside a naive ingest on the same
/// stores; and the write units per event.
@NullMarked
package io.gympulse.bench.ingest;

import org.jspecify.annotations.NullMarked;
