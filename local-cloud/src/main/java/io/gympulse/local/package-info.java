/// Emulation of AWS IoT Core, SQS, schedules and HTTP APIs on one machine, with the handlers that
/// run in Lambda. This package is the composition root; each feature has its own package.
@NullMarked
package io.gympulse.local;

import org.jspecify.annotations.NullMarked;
