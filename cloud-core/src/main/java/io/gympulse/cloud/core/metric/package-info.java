/// Measurements that devices tell of themselves: numbers over time, per device and metric.
/// Storing the same point again changes nothing.
@NullMarked
package io.gympulse.cloud.core.metric;

import org.jspecify.annotations.NullMarked;
