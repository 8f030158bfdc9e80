/// Starts, watches, kills and stops real processes through the launcher.
/// A process counts as started when it has printed its `ready: ` line.
@NullMarked
package io.gympulse.system.process;

import org.jspecify.annotations.NullMarked;
