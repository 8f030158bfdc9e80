/// The command `prove`: injects faults drawn by seed while a gym's day runs, then checks what was
/// stored and shown. The checks share no code with the gateway or with ingest.
@NullMarked
package io.gympulse.system.prove;

import org.jspecify.annotations.NullMarked;
