/// Whether the API's dependencies answer.
/// Each names itself, its status and a detail that says what to mend.
@NullMarked
package io.gympulse.cloud.api.health;

import org.jspecify.annotations.NullMarked;
