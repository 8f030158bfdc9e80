/// What gateways report about themselves, for operators.
@NullMarked
package io.gympulse.cloud.api.gateways;

import org.jspecify.annotations.NullMarked;
