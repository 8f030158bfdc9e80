package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.aggregate.Aggregates;
import io.gympulse.cloud.core.aggregate.AggregatesContract;
import io.gympulse.cloud.core.broadcast.Connections;
import io.gympulse.cloud.core.broadcast.ConnectionsContract;
import io.gympulse.cloud.core.device.DeviceCounts;
import io.gympulse.cloud.core.device.DeviceCountsContract;
import io.gympulse.cloud.core.device.MetricPoints;
import io.gympulse.cloud.core.device.MetricPointsContract;
import io.gympulse.cloud.core.device.RawStore;
import io.gympulse.cloud.core.device.RawStoreContract;
import io.gympulse.cloud.core.queue.WorkQueue;
import io.gympulse.cloud.core.queue.WorkSource;
import io.gympulse.cloud.core.queue.WorkSourceContract;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.core.store.CloudStore.WithFeed;
import io.gympulse.cloud.core.store.CloudStoreContract;
import io.gympulse.cloud.core.store.PortsContract;
import io.gympulse.cloud.core.store.UpdateFeedContract;
import org.junit.jupiter.api.Nested;

class InMemoryPortsTest extends PortsContract {
  @Override
  protected CloudStore fresh() {
    return new InMemoryCloudStore();
  }

  @Nested
  class Store extends CloudStoreContract {
    @Override
    protected CloudStore open() {
      return new InMemoryCloudStore();
    }
  }

  @Nested
  class Feed extends UpdateFeedContract {
    @Override
    protected WithFeed open() {
      return new InMemoryCloudStore();
    }
  }

  @Nested
  class Bins extends AggregatesContract {
    private final Aggregates aggregates = new InMemoryAggregates();

    @Override
    protected Aggregates aggregates() {
      return aggregates;
    }
  }

  @Nested
  class StreamConnections extends ConnectionsContract {
    @Override
    protected Connections open() {
      return new InMemoryConnections();
    }
  }

  @Nested
  class Counts extends DeviceCountsContract {
    @Override
    protected DeviceCounts open() {
      return new InMemoryDeviceCounts();
    }
  }

  @Nested
  class Points extends MetricPointsContract {
    @Override
    protected MetricPoints open() {
      return new InMemoryMetricPoints();
    }
  }

  @Nested
  class RawBodies extends RawStoreContract {
    @Override
    protected RawStore open() {
      return new InMemoryRawStore();
    }
  }

  @Nested
  class Queue extends WorkSourceContract {
    private final InMemoryWorkQueue queue = new InMemoryWorkQueue(SETTINGS, clock);

    @Override
    protected WorkQueue open() {
      return queue;
    }

    @Override
    protected WorkSource source() {
      return queue;
    }
  }
}
