package io.gympulse.cloud.state.memory;

import io.gympulse.cloud.state.metric.MetricPoints;
import io.gympulse.cloud.state.metric.MetricPointsContract;

class InMemoryMetricPointsTest extends MetricPointsContract {
  @Override
  protected MetricPoints open() {
    return new InMemoryMetricPoints();
  }
}
