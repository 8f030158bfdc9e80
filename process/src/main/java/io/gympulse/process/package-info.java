/// The clock a process is started with. Production runs on real time; demonstrations and proofs may
/// scale it, alike in every process.
@NullMarked
package io.gympulse.process;

import org.jspecify.annotations.NullMarked;
