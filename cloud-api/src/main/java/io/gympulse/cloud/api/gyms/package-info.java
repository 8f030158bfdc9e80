/// Branches, categories and machines over REST, with their occupancy.
/// Only this package computes the status to show: `offline` hides the kept status.
@NullMarked
package io.gympulse.cloud.api.gyms;

import org.jspecify.annotations.NullMarked;
