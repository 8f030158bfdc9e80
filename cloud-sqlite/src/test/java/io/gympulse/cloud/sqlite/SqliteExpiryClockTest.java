package io.gympulse.cloud.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.device.DeviceCounts.DeviceItem;
import io.gympulse.cloud.core.device.DeviceCounts.ItemId;
import io.gympulse.cloud.core.device.DeviceKind;
import io.gympulse.cloud.core.device.MetricPoint;
import io.gympulse.cloud.core.device.MetricPoint.DeviceId;
import io.gympulse.cloud.core.device.MetricPoint.MetricName;
import io.gympulse.cloud.core.event.Retention;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.StatusReport;
import io.gympulse.process.ProcessClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A wrong wall clock does not affect the stored content.
class SqliteExpiryClockTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Instant AHEAD = NOON.plus(Duration.ofDays(400));
  private static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("g"), new GatewayId("gw"));
  private static final MachineId BIKE = new MachineId("bike");
  private static final BinKey KEY =
      new BinKey(GATEWAY.gym(), new CategoryId("cardio"), Window.of(NOON));
  private static final DeviceItem ITEM =
      new DeviceItem(
          new ItemId(new UUID(0, 1), 0), LocalDate.of(2026, 5, 1), new DeviceKind("light", "on"));

  private final Path file = TemporaryFile.named("cloud.db");
  private Instant wall = NOON;
  private SqliteCloudStore store = open();

  private SqliteCloudStore open() {
    return SqliteCloudStore.open(file, ProcessClock.scaled(Instant.EPOCH, 1, () -> wall));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_process_whose_clock_is_400_days_ahead_removes_and_hides_nothing() {
    storeSomethingOfEachKind();
    wall = AHEAD;
    for (boolean restarted : new boolean[] {false, true}) {
      if (restarted) {
        store.close();
        store = open();
      }
      store.observeTime(wall);
      assertThat(store.expiry().removeSome(wall)).isZero();
      assertEverythingIsThere(wall);
      assertThat(store.deviceCounts().addOnce(ITEM, wall)).isFalse();
    }
    assertThat(store.expiryClock().status().heldBack()).isGreaterThan(Duration.ofDays(399));

    wall = NOON.plusSeconds(75);
    store.observeTime(wall);
    assertThat(store.expiryClock().instant()).isEqualTo(wall);
    assertEverythingIsThere(wall);
  }

  @Test
  void an_operator_can_confirm_the_clock_and_revert_it() {
    storeSomethingOfEachKind();
    wall = AHEAD;
    assertThat(store.observeTime(wall).clockJumps()).isEqualTo(1);
    assertThat(store.expiryClock().accept().time()).isEqualTo(AHEAD);
    assertThat(store.expiryClock().status().heldBack()).isZero();
    assertThat(store.events().history(BIKE, NOON, wall)).isEmpty();
    assertThat(store.expiry().removeSome(wall)).isEqualTo(5);

    wall = NOON.plusSeconds(60);
    store.expiryClock().accept();
    wall = AHEAD;
    assertThat(store.observeTime(wall).heldBack()).isGreaterThan(Duration.ofDays(399));
  }

  @Test
  void gateways_confirm_the_time_after_a_downtime() {
    wall = NOON.plus(Duration.ofDays(3));
    store.close();
    store = open();
    assertThat(store.observeTime(wall).heldBack()).isGreaterThan(Duration.ofDays(2));
    contact(wall.minusSeconds(5));
    assertThat(store.observeTime(wall).heldBack()).isZero();
  }

  @Test
  void a_file_of_an_earlier_version_takes_the_time_from_its_gateways() {
    contact(NOON);
    try (Database database = DatabaseFile.openToWrite(file)) {
      database.update("DELETE FROM expiry_time");
    }
    wall = AHEAD;
    store.close();
    store = open();
    assertThat(store.expiryClock().instant()).isEqualTo(NOON.plusSeconds(3_600));
  }

  private void storeSomethingOfEachKind() {
    store
        .events()
        .store(
            GATEWAY,
            OutboxId.random(),
            List.of(
                new MachineEvent(
                    new Sequence(1),
                    BIKE,
                    MachineStatus.FREE,
                    Optional.empty(),
                    NOON,
                    TimeQuality.SYNCED)));
    store.events().store(new StatusReport(GATEWAY.gym(), BIKE, MachineStatus.FREE, NOON));
    store
        .metricPoints()
        .put(
            List.of(
                new MetricPoint(
                    new DeviceId("one"),
                    new MetricName("depth"),
                    NOON,
                    1,
                    Optional.empty(),
                    MetricPoint.NO_METADATA)));
    store.deviceCounts().addOnce(ITEM, NOON);
    store
        .aggregates()
        .replace(Optional.empty(), new CategoryBin(KEY, Map.of(BIKE, MachineBin.UNKNOWN)));
  }

  private void assertEverythingIsThere(Instant now) {
    assertThat(store.events().history(BIKE, NOON, now)).hasSize(2);
    assertThat(store.events().lastBefore(BIKE, now)).isPresent();
    assertThat(
            store
                .metricPoints()
                .range(new DeviceId("one"), new MetricName("depth"), NOON, NOON.plusMillis(1), 10))
        .hasSize(1);
    assertThat(store.aggregates().find(KEY, now)).isPresent();
    assertThat(store.aggregates().range(KEY.gym(), KEY.category(), NOON, now, now)).hasSize(1);
    try (SqliteQueries queries = SqliteQueries.open(file)) {
      assertThat(queries.range(KEY.gym(), KEY.category(), NOON, now, now)).hasSize(1);
    }
    assertThat(store.events().expiryTime(now)).isBefore(NOON.plus(Retention.EVENTS));
  }

  private void contact(Instant at) {
    Optional<Gateway> known = store.gateways().find(GATEWAY.gateway());
    Gateway next = Gateway.of(new GatewayPresence(GATEWAY, true, at, at, 0));
    assertThat(store.gateways().replace(known, next)).isTrue();
  }
}
