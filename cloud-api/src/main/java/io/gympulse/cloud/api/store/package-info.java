/// The cloud's database as this process finds it: perhaps later than this process itself.
/// It is only read, save for alerts.
@NullMarked
package io.gympulse.cloud.api.store;

import org.jspecify.annotations.NullMarked;
