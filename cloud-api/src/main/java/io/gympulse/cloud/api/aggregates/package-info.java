/// Usage per 15 minutes of machines, categories and gyms, and machines' changes.
/// Where no aggregate is stored, machines are unknown.
@NullMarked
package io.gympulse.cloud.api.aggregates;

import org.jspecify.annotations.NullMarked;
