/// How fast a backlog drains after an outage, and the latency of live changes meanwhile. A small
/// backlog is measured in the same run for comparison.
@NullMarked
package io.gympulse.bench.backlog;

import org.jspecify.annotations.NullMarked;
