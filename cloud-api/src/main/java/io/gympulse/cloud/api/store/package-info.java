/// The cloud's database, opened when its file exists, which may be after this process starts.
/// Only alerts are written.
@NullMarked
package io.gympulse.cloud.api.store;

import org.jspecify.annotations.NullMarked;
