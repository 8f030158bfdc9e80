/// What all endpoints share: the error format, security headers, and checks of requests.
/// Depends on no feature package.
@NullMarked
package io.gympulse.cloud.api.http;

import org.jspecify.annotations.NullMarked;
