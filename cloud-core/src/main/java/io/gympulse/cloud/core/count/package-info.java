/// How often a kind of device was in a state, per day.
/// An item is counted once, however often it is delivered.
@NullMarked
package io.gympulse.cloud.core.count;

import org.jspecify.annotations.NullMarked;
