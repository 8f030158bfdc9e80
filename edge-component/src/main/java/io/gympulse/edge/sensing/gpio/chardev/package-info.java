/// Linux's GPIO character device, version 2 of its interface (`linux/gpio.h`, Linux 5.10), by the
/// foreign function interface. All native access of GPIO sensing is here.
@NullMarked
package io.gympulse.edge.sensing.gpio.chardev;

import org.jspecify.annotations.NullMarked;
