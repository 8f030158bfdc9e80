/// Machine events as the cloud keeps them: each once, whatever arrives how often.
/// History and aggregates are read from here.
@NullMarked
package io.gympulse.cloud.core.event;

import org.jspecify.annotations.NullMarked;
