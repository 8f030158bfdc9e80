/// The clock of a process. Production uses real time; demonstrations and `prove` may scale it, by
/// the same rate in every process.
@NullMarked
package io.gympulse.process;

import org.jspecify.annotations.NullMarked;
