/// Machine events as the cloud stores them: each exactly once, however often it arrives. History
/// and aggregates are read from here.
@NullMarked
package io.gympulse.cloud.core.event;

import org.jspecify.annotations.NullMarked;
