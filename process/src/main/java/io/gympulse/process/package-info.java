/// What every process needs of its machine: clock, lock, durable files, the end of its parent, a
/// log and retries with limits, and the check of sites that may call it. Production uses real time;
/// demonstrations and `prove` may scale it, by the same rate in every process.
@NullMarked
package io.gympulse.process;

import org.jspecify.annotations.NullMarked;
