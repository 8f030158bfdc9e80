/// The proof: faults by seed while a gym's day runs, then a judgement of what was stored.
/// The judge shares no code with the gateway or with ingest.
@NullMarked
package io.gympulse.system.prove;

import org.jspecify.annotations.NullMarked;
