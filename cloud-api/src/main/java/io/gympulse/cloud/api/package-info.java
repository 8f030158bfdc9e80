/// The API process: options, composition root and life cycle.
/// It reads from the cloud's store, and writes only members' alerts to it.
@NullMarked
package io.gympulse.cloud.api;

import org.jspecify.annotations.NullMarked;
