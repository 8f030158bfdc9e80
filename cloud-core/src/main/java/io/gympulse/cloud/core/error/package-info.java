/// The error format of every HTTP response and stream.
@NullMarked
package io.gympulse.cloud.core.error;

import org.jspecify.annotations.NullMarked;
