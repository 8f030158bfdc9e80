/// Which time the cloud knows of: proven by outboxes that had nothing left to send.
/// Pure; a join, so that messages may come in any order and any number of times.
@NullMarked
package io.gympulse.cloud.core.coverage;

import org.jspecify.annotations.NullMarked;
