package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.device.MetricPoints;
import io.gympulse.cloud.core.device.MetricPointsContract;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.core.store.CloudStore.WithFeed;
import io.gympulse.cloud.core.store.PortsContract;
import io.gympulse.cloud.core.store.UpdateFeedContract;
import org.junit.jupiter.api.Nested;

class SqlitePortsTest extends PortsContract {
  @Override
  protected CloudStore fresh() {
    return SqliteCloudStoreTest.fresh();
  }

  @Nested
  class Feed extends UpdateFeedContract {
    @Override
    protected WithFeed open() {
      return SqliteCloudStoreTest.fresh();
    }
  }

  @Nested
  class Points extends MetricPointsContract {
    @Override
    protected MetricPoints open() {
      return SqliteCloudStoreTest.fresh().metricPoints();
    }
  }
}
