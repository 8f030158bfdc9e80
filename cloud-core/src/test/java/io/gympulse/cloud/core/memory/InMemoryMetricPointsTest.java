package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.metric.MetricPoints;
import io.gympulse.cloud.core.metric.MetricPointsContract;

class InMemoryMetricPointsTest extends MetricPointsContract {
  @Override
  protected MetricPoints open() {
    return new InMemoryMetricPoints();
  }
}
