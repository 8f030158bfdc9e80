/// The demo: the whole system, with a console and a page panel that cut and restore the internet.
/// It ends with one line of counters.
@NullMarked
package io.gympulse.system.demo;

import org.jspecify.annotations.NullMarked;
