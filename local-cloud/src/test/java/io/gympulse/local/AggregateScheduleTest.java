package io.gympulse.local;

import static io.gympulse.local.TestCloud.GATEWAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.cloud.core.aggregate.AggregationBacklog;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.cloud.sqlite.SqliteQueries;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.HeartbeatCodec;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.Heartbeat;
import io.gympulse.contract.topic.Topics;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The aggregation schedule with a scaled clock.
class AggregateScheduleTest {

  @TempDir private Path directory = Path.of("");
  private TestCloud cloud;

  @BeforeEach
  void start() throws IOException {
    cloud = new TestCloud(directory);
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void windows_below_a_gateways_watermark_are_aggregated_on_schedule() throws Exception {
    ProcessClock fast =
        ProcessClock.parse(
            ProcessClock.argument(
                ProcessClock.real().instant(), ProcessClock.real().instant(), 120));
    cloud.restart(fast);
    Window window = Window.of(fast.instant().minus(Duration.ofHours(1)));
    OutboxId outbox = OutboxId.random();
    EventBatch batch =
        new EventBatch(
            GATEWAY,
            outbox,
            BatchKind.BACKLOG,
            window.next().end(),
            Optional.empty(),
            List.of(Batches.event(Sequence.FIRST, window.start().plusSeconds(300))));
    Heartbeat heartbeat =
        new Heartbeat(
            GATEWAY, window.next().end(), Optional.of(window.end()), 0, Optional.of(outbox));
    try (DeviceClient device = cloud.connect()) {
      device.subscribe(Topics.acks(GATEWAY));
      device.publish(Topics.batches(GATEWAY), BatchCodec.encode(batch));
      device.take();
      device.publish(Topics.heartbeat(GATEWAY), HeartbeatCodec.encode(heartbeat));
      await().until(() -> bins(window, fast).size() == 1);
    }
    assertThat(bins(window, fast).getFirst().machines().get(new MachineId("m-1")))
        .isEqualTo(
            new MachineBin(600_000, 0, 300_000, 1, MachineStatus.UNKNOWN, MachineStatus.OCCUPIED));
    await().until(() -> cloud.health().path("aggregates").path("dueWindows").asInt(-1) == 0);
    assertThat(cloud.health().path("aggregates").path("coveredTo").asText())
        .isEqualTo(window.end().toString());
  }

  /// A state that an earlier version may have left, after a gateway's clock showed 1970.
  @Test
  void a_cloud_starts_with_a_gateway_whose_coverage_is_decades() throws Exception {
    cloud.restart(() -> storeDecades(ProcessClock.real().instant()));
    assertThat(cloud.health().path("aggregates").path("dueWindows").asInt())
        .isBetween(2_870, 2_881);
    try (DeviceClient device = cloud.connect()) {
      device.subscribe(Topics.acks(GATEWAY));
      Instant now = ProcessClock.real().instant();
      device.publish(
          Topics.batches(GATEWAY),
          BatchCodec.encode(
              new EventBatch(
                  GATEWAY,
                  OutboxId.random(),
                  BatchKind.BACKLOG,
                  now,
                  Optional.empty(),
                  List.of(Batches.event(Sequence.FIRST, now.minusSeconds(1))))));
      assertThat(device.take()).isNotNull();
    }
  }

  private void storeDecades(Instant now) {
    try (SqliteCloudStore store = SqliteCloudStore.open(cloud.data().database())) {
      OutboxId outbox = OutboxId.random();
      Coverage decades =
          Coverage.startingAt(outbox, Instant.ofEpochMilli(1)).join(Coverage.upTo(outbox, now));
      Gateway poisoned = new Gateway(GATEWAY, Optional.empty(), decades, AggregationBacklog.NONE);
      Optional<Gateway> known = store.gateways().find(GATEWAY.gateway());
      assertThat(store.gateways().replace(known, poisoned)).isTrue();
    }
  }

  private List<CategoryBin> bins(Window window, ProcessClock clock) {
    try (SqliteQueries queries = SqliteQueries.open(cloud.data().database())) {
      return queries.range(
          GATEWAY.gym(), new CategoryId("bike"), window.start(), window.end(), clock.instant());
    }
  }
}
