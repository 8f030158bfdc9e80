/// Health checks of the API's dependencies.
/// Each has a name, a status and a detail that says what to do.
@NullMarked
package io.gympulse.cloud.api.health;

import org.jspecify.annotations.NullMarked;
