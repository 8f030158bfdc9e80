/// Starts, watches, kills and stops real processes through the launcher.
/// A process counts as started only when it says so itself.
@NullMarked
package io.gympulse.system.process;

import org.jspecify.annotations.NullMarked;
