/// The demo's switch and counters, forwarded to the process that runs the demo.
/// Outside the demo it answers 404.
@NullMarked
package io.gympulse.cloud.api.demo;

import org.jspecify.annotations.NullMarked;
