package io.gympulse.cloud.core.count;

import java.time.LocalDate;

/// One device that was seen in a state.
///
/// @param date the UTC date of its own time
public record DeviceItem(ItemId id, LocalDate date, DeviceKind kind) {}
