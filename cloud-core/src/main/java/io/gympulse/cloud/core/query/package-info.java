/// The queries of the API, by purpose. Each has an access pattern that every store answers by one
/// query, and point reads of the gateway's record: no floor plan is parsed and no table is scanned.
@NullMarked
package io.gympulse.cloud.core.query;

import org.jspecify.annotations.NullMarked;
