package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.aggregate.Aggregates;
import io.gympulse.cloud.core.aggregate.AggregatesContract;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.alert.AlertsContract;
import io.gympulse.cloud.core.broadcast.Connections;
import io.gympulse.cloud.core.broadcast.ConnectionsContract;
import io.gympulse.cloud.core.device.DeviceCounts;
import io.gympulse.cloud.core.device.DeviceCountsContract;
import io.gympulse.cloud.core.device.MetricPoints;
import io.gympulse.cloud.core.device.MetricPointsContract;
import io.gympulse.cloud.core.incident.Incidents;
import io.gympulse.cloud.core.incident.IncidentsContract;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.core.store.PortsContract;
import org.junit.jupiter.api.Nested;

class DynamoPortsTest extends PortsContract {
  @Override
  protected CloudStore fresh() {
    return DynamoCloudStoreTest.fresh();
  }

  @Nested
  class Bins extends AggregatesContract {
    private final Aggregates aggregates = DynamoCloudStoreTest.fresh().aggregates();

    @Override
    protected Aggregates aggregates() {
      return aggregates;
    }
  }

  @Nested
  class Counts extends DeviceCountsContract {
    @Override
    protected DeviceCounts open() {
      return DynamoCloudStoreTest.fresh().deviceCounts();
    }
  }

  @Nested
  class Points extends MetricPointsContract {
    @Override
    protected MetricPoints open() {
      return DynamoCloudStoreTest.fresh().metricPoints();
    }
  }

  @Nested
  class Watches extends AlertsContract {
    private final Alerts alerts = DynamoCloudStoreTest.fresh().alerts();

    @Override
    protected Alerts alerts() {
      return alerts;
    }
  }

  @Nested
  class Episodes extends IncidentsContract {
    private final Incidents incidents = DynamoCloudStoreTest.fresh().incidents();

    @Override
    protected Incidents incidents() {
      return incidents;
    }
  }

  @Nested
  class StreamConnections extends ConnectionsContract {
    @Override
    protected Connections open() {
      return DynamoCloudStoreTest.fresh().connections();
    }
  }
}
