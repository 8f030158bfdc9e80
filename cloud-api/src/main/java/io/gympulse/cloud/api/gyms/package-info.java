/// Branches, categories and machines over REST, with the status to show.
/// Shown status is computed here and nowhere else: offline lies over the kept status.
@NullMarked
package io.gympulse.cloud.api.gyms;

import org.jspecify.annotations.NullMarked;
