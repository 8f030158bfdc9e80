/// Dead letters: messages that were given up after the last allowed try, and their way back.
/// Whatever comes back is harmless, as every step of every handler may be repeated.
@NullMarked
package io.gympulse.cloud.redrive;

import org.jspecify.annotations.NullMarked;
