package io.gympulse.cloud.core.gateway;

import io.gympulse.contract.id.CategoryId;
import java.time.Instant;

/// An event of a machine of this category is stored.
public record Touched(CategoryId category, Instant at) {}
