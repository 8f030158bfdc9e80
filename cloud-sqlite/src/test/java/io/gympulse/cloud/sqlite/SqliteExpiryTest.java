package io.gympulse.cloud.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.alert.SampleAlerts;
import io.gympulse.cloud.core.device.DeviceCounts;
import io.gympulse.cloud.core.device.DeviceCounts.DeviceItem;
import io.gympulse.cloud.core.device.DeviceCounts.ItemId;
import io.gympulse.cloud.core.device.DeviceKind;
import io.gympulse.cloud.core.device.MetricPoint;
import io.gympulse.cloud.core.device.MetricPoint.DeviceId;
import io.gympulse.cloud.core.device.MetricPoint.MetricName;
import io.gympulse.cloud.core.device.MetricPoints;
import io.gympulse.cloud.core.event.Retention;
import io.gympulse.cloud.core.floorplan.UnregisteredMachines;
import io.gympulse.cloud.core.forecast.CategoryModel;
import io.gympulse.cloud.core.forecast.ForecastModels;
import io.gympulse.cloud.core.forecast.SampleHistory;
import io.gympulse.cloud.core.incident.Incident;
import io.gympulse.cloud.core.incident.Incidents;
import io.gympulse.cloud.core.incident.Subject;
import io.gympulse.cloud.core.notification.Deliveries.PendingDelivery;
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
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SqliteExpiryTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("g"), new GatewayId("gw"));
  private static final MachineId BIKE = new MachineId("bike");
  private static final MachineId ROWER = new MachineId("rower");

  private final Path file = TemporaryFile.named("cloud.db");
  private Instant now = NOON;
  private final SqliteCloudStore store = SqliteCloudStore.open(file, Retention.by(() -> now));

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void an_event_is_removed_once_no_reader_sees_it_and_not_before() {
    store
        .events()
        .store(GATEWAY, OutboxId.random(), List.of(event(1, BIKE, NOON), event(2, ROWER, NOON)));
    store.events().store(new StatusReport(GATEWAY.gym(), BIKE, MachineStatus.FREE, NOON));
    now = NOON.plus(Retention.EVENTS);
    assertThat(store.events().history(BIKE, NOON, now)).hasSize(2);
    assertThat(store.expiry().removeSome(now)).isZero();
    now = now.plusMillis(1);
    assertThat(store.events().history(BIKE, NOON, now)).isEmpty();
    assertThat(store.expiry().removeSome(now)).isEqualTo(3);
    assertThat(rows("event") + rows("status_report")).isZero();
  }

  @Test
  void each_step_is_short_and_unexpired_rows_stay() {
    OutboxId outbox = OutboxId.random();
    int count = 3 * SqliteExpiry.PORTION + 1;
    store
        .events()
        .store(
            GATEWAY,
            outbox,
            LongStream.rangeClosed(1, count)
                .mapToObj(seq -> event(seq, new MachineId("m-" + seq % 7), NOON.plusMillis(seq)))
                .toList());
    now = NOON.plus(Retention.EVENTS).plusMillis(count - 9);
    assertThat(IntStream.range(0, 5).map(_ -> store.expiry().removeSome(now)))
        .containsExactly(
            SqliteExpiry.PORTION, SqliteExpiry.PORTION, SqliteExpiry.PORTION - 9, 0, 0);
    assertThat(store.events().count()).isEqualTo(10);
  }

  @Test
  void measurements_are_removed_after_their_time() {
    store
        .metricPoints()
        .put(
            List.of(
                point("one", "depth", NOON),
                point("one", "depth", NOON.plusMillis(1)),
                point("one", "heat", NOON),
                point("two", "heat", NOON)));
    now = NOON.plus(MetricPoints.KEPT);
    assertThat(store.expiry().removeSome(now)).isZero();
    now = now.plusMillis(1);
    assertThat(store.expiry().removeSome(now)).isEqualTo(3);
    assertThat(points("one", "depth")).containsExactly(NOON.plusMillis(1));
    assertThat(points("one", "heat")).isEmpty();
    assertThat(points("two", "heat")).isEmpty();
  }

  private List<Instant> points(String device, String metric) {
    return store
        .metricPoints()
        .range(new DeviceId(device), new MetricName(metric), NOON, now, 10)
        .stream()
        .map(MetricPoint::at)
        .toList();
  }

  @Test
  void aggregates_are_removed_after_their_time() {
    for (Window window : List.of(Window.of(NOON), Window.of(NOON).next())) {
      BinKey key = new BinKey(GATEWAY.gym(), new CategoryId("cardio"), window);
      CategoryBin bin = new CategoryBin(key, Map.of(BIKE, MachineBin.UNKNOWN));
      store.aggregates().replace(Optional.empty(), bin);
    }
    now = Window.of(NOON).end().plus(CategoryBin.KEPT);
    assertThat(store.expiry().removeSome(now.minusMillis(1))).isZero();
    assertThat(store.expiry().removeSome(now)).isEqualTo(1);
    assertThat(rows("aggregate")).isEqualTo(1);
  }

  @Test
  void counted_items_are_removed_after_their_time() {
    DeviceItem item =
        new DeviceItem(
            new ItemId(new UUID(0, 1), 0), LocalDate.of(2026, 5, 1), new DeviceKind("light", "on"));
    store.deviceCounts().addOnce(item, NOON);
    now = NOON.plus(DeviceCounts.REMEMBERED);
    assertThat(store.expiry().removeSome(now)).isZero();
    now = now.plusMillis(1);
    assertThat(store.expiry().removeSome(now)).isEqualTo(1);
    assertThat(rows("device_item")).isZero();
  }

  @Test
  void ended_alerts_are_removed_after_their_time_and_others_stay() {
    Alert active = SampleAlerts.alert(SampleAlerts.ONCE);
    Alert cancelled = SampleAlerts.alert(SampleAlerts.ONCE);
    Alert fired = SampleAlerts.alert(SampleAlerts.ONCE);
    List.of(active, cancelled, fired).forEach(store.alerts()::create);
    store.alerts().replace(cancelled, cancelled.cancel(NOON));
    Alert delivering = fired.onFree(SampleAlerts.freed(NOON), NOON).next();
    store.alerts().replace(fired, delivering);
    now = NOON.plus(Alerts.KEPT);
    assertThat(store.expiry().removeSome(now)).isZero();
    now = now.plusMillis(1);
    assertThat(store.expiry().removeSome(now)).isEqualTo(1);
    assertThat(store.alerts().find(cancelled.user(), cancelled.id())).isEmpty();
    Alert delivered = delivering;
    for (PendingDelivery it : delivering.deliveries().pending()) {
      delivered = delivered.delivered(it.id());
    }
    store.alerts().replace(delivering, delivered);
    assertThat(store.expiry().removeSome(now)).isEqualTo(1);
    assertThat(store.alerts().find(active.user(), active.id())).hasValue(active);
  }

  @Test
  void closed_incidents_are_removed_after_their_time() {
    Subject.Sensors bike = new Subject.Sensors(BIKE, GATEWAY.gym());
    Incident open = Incident.sensorFault(NOON, bike, "x", List.of(), NOON);
    store.incidents().create(open);
    now = NOON.plus(Incidents.KEPT).plusMillis(1);
    assertThat(store.expiry().removeSome(now)).isZero();
    store.incidents().replace(open, open.recovered(bike, List.of(), NOON));
    now = NOON.plus(Incidents.KEPT);
    assertThat(store.expiry().removeSome(now)).isZero();
    now = now.plusMillis(1);
    assertThat(store.expiry().removeSome(now)).isEqualTo(1);
    assertThat(store.incidents().find(open.id())).isEmpty();
  }

  @Test
  void unregistered_machines_are_removed_when_they_are_not_reported() {
    store.unregistered().report(GATEWAY.gym(), BIKE, NOON.minusSeconds(9));
    store.unregistered().report(GATEWAY.gym(), BIKE, NOON);
    now = NOON.plus(UnregisteredMachines.KEPT);
    assertThat(store.expiry().removeSome(now)).isZero();
    now = now.plusMillis(1);
    assertThat(store.expiry().removeSome(now)).isEqualTo(1);
    assertThat(rows("unregistered_machine")).isZero();
  }

  @Test
  void models_of_forecasts_are_removed_a_month_after_they_were_fitted() {
    CategoryModel model = SampleHistory.model(2, 15);
    store.forecasts().put(SampleHistory.GYM, SampleHistory.CATEGORY, model);
    now = model.fittedAt().plus(ForecastModels.KEPT);
    assertThat(store.expiry().removeSome(now)).isZero();
    now = now.plusMillis(1);
    assertThat(store.expiry().removeSome(now)).isEqualTo(1);
    assertThat(rows("forecast_model")).isZero();
  }

  /// A table scan would block ingest, and longer the more is stored.
  @Test
  void no_removal_scans_a_table() {
    try (Database database = DatabaseFile.openToRead(file)) {
      for (SqliteExpiry.Removal removal : SqliteExpiry.REMOVALS) {
        assertThat(
                database.query(
                    "EXPLAIN QUERY PLAN " + removal.sql(),
                    row -> row.getString("detail"),
                    0,
                    SqliteExpiry.PORTION))
            .isNotEmpty()
            .noneMatch(
                it ->
                    it.matches(
                        "SCAN (event|status_report|metric_point|device_item|aggregate|alert|incident"
                            + "|unregistered_machine|old|next)\\b.*"));
      }
    }
  }

  private int rows(String table) {
    try (Database database = DatabaseFile.openToRead(file)) {
      return database.query("SELECT COUNT(*) FROM " + table, row -> row.getInt(1)).getFirst();
    }
  }

  private static MachineEvent event(long seq, MachineId machine, Instant at) {
    return new MachineEvent(
        new Sequence(seq), machine, MachineStatus.FREE, Optional.empty(), at, TimeQuality.SYNCED);
  }

  private static MetricPoint point(String device, String metric, Instant at) {
    return new MetricPoint(
        new DeviceId(device),
        new MetricName(metric),
        at,
        1,
        Optional.empty(),
        MetricPoint.NO_METADATA);
  }
}
