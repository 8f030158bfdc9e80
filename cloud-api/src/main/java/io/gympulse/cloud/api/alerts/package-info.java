/// Members' alerts over REST: made, shown, changed and cancelled here, fired elsewhere.
/// What a caller wrote is turned into terms at one place, and no answer shows a secret.
@NullMarked
package io.gympulse.cloud.api.alerts;

import org.jspecify.annotations.NullMarked;
