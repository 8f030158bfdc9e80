package io.gympulse.cloud.core.aggregate;

import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;

/// What names an aggregate.
public record BinKey(GymId gym, CategoryId category, Window window) {}
