/// Calls to the outside that may hang or pile up, kept within bounds of time and number.
/// Nothing here knows what is called.
@NullMarked
package io.gympulse.cloud.call;

import org.jspecify.annotations.NullMarked;
