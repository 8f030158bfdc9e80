package io.gympulse.cloud.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.metric.MetricPoint;
import io.gympulse.cloud.core.metric.MetricPoints;
import io.gympulse.cloud.core.metric.MetricPointsContract;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteMetricPointsTest extends MetricPointsContract {
  @Override
  protected MetricPoints open() {
    return SqliteCloudStore.open(TemporaryFile.named("cloud.db")).metricPoints();
  }

  @Test
  void another_reader_sees_the_points(@TempDir Path folder) {
    Path file = folder.resolve("cloud.db");
    MetricPoint point = point(NOON);
    try (SqliteCloudStore store = SqliteCloudStore.open(file);
        SqliteCloudView view = SqliteCloudView.open(file)) {
      store.metricPoints().put(List.of(point));
      assertThat(view.metrics().metricsOf(GATEWAY)).containsExactly(DEPTH);
      assertThat(
              view.metrics().range(GATEWAY, DEPTH, NOON.minusSeconds(1), NOON.plusSeconds(1), 10))
          .containsExactly(point);
    }
  }

  private static MetricPoint point(Instant at) {
    return new MetricPoint(GATEWAY, DEPTH, at, 1, Optional.empty(), MetricPoint.NO_METADATA);
  }
}
