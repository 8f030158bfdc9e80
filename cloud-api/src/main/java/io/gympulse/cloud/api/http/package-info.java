/// What every answer has in common: the one error format and the security headers.
/// Nothing here knows gyms or machines.
@NullMarked
package io.gympulse.cloud.api.http;

import org.jspecify.annotations.NullMarked;
