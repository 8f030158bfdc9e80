/// Logging of conditions that can recur thousands of times a second: one line per interval stands
/// for all of them.
@NullMarked
package io.gympulse.edge.log;

import org.jspecify.annotations.NullMarked;
