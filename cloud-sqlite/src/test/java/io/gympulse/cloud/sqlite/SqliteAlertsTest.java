package io.gympulse.cloud.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.alert.AlertsContract;
import io.gympulse.cloud.core.alert.SampleAlerts;
import io.gympulse.cloud.core.feed.UpdateFeed.FeedCursor;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteAlertsTest extends AlertsContract {
  @TempDir Path folder;
  private SqliteCloudStore store;

  @BeforeEach
  void openStore() {
    store = SqliteCloudStore.open(folder.resolve("cloud.db"));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Override
  protected Alerts alerts() {
    return store.alerts();
  }

  @Test
  void another_process_may_write_alerts_beside_the_owner() {
    Alert alert = SampleAlerts.alert(SampleAlerts.ONCE);
    try (SqliteAlerts beside = SqliteAlerts.open(folder.resolve("cloud.db"))) {
      beside.create(alert);
      assertThat(alerts().find(alert.user(), alert.id())).hasValue(alert);
      assertThat(alerts().replace(alert, alert.cancel(SampleAlerts.NOON))).isTrue();
      assertThat(beside.replace(alert, alert.cancel(SampleAlerts.NOON))).isFalse();
    }
  }

  @Test
  void who_writes_beside_the_owner_waits_until_the_file_is_there() {
    assertThatThrownBy(() -> SqliteAlerts.open(folder.resolve("none.db")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("does not exist yet");
  }

  @Test
  void a_reader_of_the_feed_goes_on_where_it_was() {
    FeedCursor cursor = store.cursor("alerts");
    assertThat(cursor.position()).isZero();
    cursor.move(7);
    cursor.move(9);
    assertThat(store.cursor("alerts").position()).isEqualTo(9);
    assertThat(store.cursor("incidents").position()).isZero();
  }
}
