package io.gympulse.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.core.device.DeviceCounts;
import io.gympulse.cloud.core.device.RawStore;
import io.gympulse.cloud.core.queue.DeadLetterQueue;
import io.gympulse.cloud.core.queue.WorkSource.QueueSettings;
import io.gympulse.cloud.pipeline.DeviceCountHandler;
import io.gympulse.cloud.pipeline.DeviceIngestHandler;
import io.gympulse.cloud.pipeline.DeviceStatsHandler;
import io.gympulse.cloud.pipeline.DeviceStatsPageHandler;
import io.gympulse.cloud.pipeline.MetricIngestHandler;
import io.gympulse.cloud.pipeline.PipelineCounters;
import io.gympulse.cloud.sqlite.DirectoryRawStore;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.cloud.sqlite.SqliteMetricPoints;
import io.gympulse.cloud.sqlite.SqliteWorkQueue;
import io.gympulse.local.http.Route;
import io.gympulse.local.queue.EventSourceMapping;
import io.gympulse.process.ProcessClock;
import java.util.List;

/// The composition of the device pipeline: HTTP -> raw directory and queue -> counts. Accepted
/// reports are durable; those that are not counted when the process ends are counted by the next
/// one.
final class DevicePipeline implements AutoCloseable {

  private static final QueueSettings QUEUE = QueueSettings.standard("device-items");

  /// The highest reported number.
  private static final int MAX_DEAD_LETTERS = 1_000;

  private final PipelineCounters counters = new PipelineCounters();
  private final SqliteWorkQueue queue;
  private final EventSourceMapping mapping;
  private final List<Route> routes;

  private DevicePipeline(
      SqliteWorkQueue queue, DataFolder data, SqliteCloudStore store, ProcessClock clock) {
    DeviceCounts counts = store.deviceCounts();
    SqliteMetricPoints points = store.metricPoints();
    RawStore raw = new DirectoryRawStore(data.root());
    this.queue = queue;
    this.mapping =
        new EventSourceMapping(
            QUEUE, queue, new DeviceCountHandler(counts, clock, counters), clock);
    this.routes =
        List.of(
            new Route("POST", "/ingest", new DeviceIngestHandler(raw, queue, clock, counters)),
            new Route("POST", "/ingest/batch", new MetricIngestHandler(points, clock, counters)),
            new Route("GET", "/stats", new DeviceStatsHandler(counts, counters)),
            new Route("GET", "/stats-html", new DeviceStatsPageHandler(counts, counters)));
  }

  /// Starts, and continues with the queued messages of an earlier process.
  static DevicePipeline start(DataFolder data, SqliteCloudStore store, ProcessClock clock) {
    SqliteWorkQueue queue = SqliteWorkQueue.open(data.deviceQueue(), QUEUE, clock);
    return new DevicePipeline(queue, data, store, clock);
  }

  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if the queue cannot be written
  void probe() {
    queue.probe();
  }

  List<Route> routes() {
    return routes;
  }

  DeadLetterQueue deadLetters() {
    return queue.deadLetters();
  }

  ObjectNode health() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("waiting", queue.waiting())
        .put("deadLetters", queue.deadLetters().list(MAX_DEAD_LETTERS).size())
        .put("enqueued", counters.enqueued())
        .put("unsent", counters.unsent())
        .put("counted", counters.counted())
        .put("repeated", counters.repeated())
        .put("failed", counters.failed())
        .put("points", counters.points())
        .put("pointsRejected", counters.pointsRejected());
    ObjectNode answers = json.putObject("answers");
    counters.responses().byStatus().forEach((status, count) -> answers.put(status + "", count));
    return json;
  }

  @Override
  public void close() {
    mapping.close();
    queue.close();
  }
}
