/// The demo's controls and counters, forwarded to the process that runs the demo.
/// Without a demo these requests are answered 404.
@NullMarked
package io.gympulse.cloud.api.demo;

import org.jspecify.annotations.NullMarked;
