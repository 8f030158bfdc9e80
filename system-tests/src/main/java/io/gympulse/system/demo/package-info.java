/// The demonstration: the whole system, a console and a page to cut and restore the internet.
/// It ends with one line of counters.
@NullMarked
package io.gympulse.system.demo;

import org.jspecify.annotations.NullMarked;
