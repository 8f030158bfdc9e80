/// The process that serves members: options, composition and life cycle.
/// Everything it serves is read from the cloud's store, in which it writes members' alerts only.
@NullMarked
package io.gympulse.cloud.api;

import org.jspecify.annotations.NullMarked;
