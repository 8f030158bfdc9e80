/// The record of a gateway: presence, covered time and aggregation backlog, as one value that
/// stores change by compare-and-set only. The state machines are pure; time comes in as an
/// argument.
@NullMarked
package io.gympulse.cloud.core.gateway;

import org.jspecify.annotations.NullMarked;
