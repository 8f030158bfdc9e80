/// AWS IoT Core, its queues and its schedules on one machine, around the same handlers that run in
/// Lambda. This package is the composition root; each feature has a package of its own.
@NullMarked
package io.gympulse.local;

import org.jspecify.annotations.NullMarked;
