/// The device pipeline: devices' reports are stored unchanged, queued item by item, and counted per
/// date and kind; metric points are stored. Every step is idempotent.
@NullMarked
package io.gympulse.cloud.pipeline;

import org.jspecify.annotations.NullMarked;
