/// The device pipeline: any device's reports are kept as they came, queued item by item, and
/// counted per date and kind; metric points are stored. Every step bears repetition.
@NullMarked
package io.gympulse.cloud.pipeline;

import org.jspecify.annotations.NullMarked;
