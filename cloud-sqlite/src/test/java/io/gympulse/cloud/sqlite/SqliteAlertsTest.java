package io.gympulse.cloud.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.alert.AlertsContract;
import io.gympulse.cloud.core.feed.UpdateFeed.FeedCursor;
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
  void a_reader_of_the_feed_goes_on_where_it_was() {
    FeedCursor cursor = store.cursor("alerts");
    assertThat(cursor.position()).isZero();
    cursor.move(7);
    cursor.move(9);
    assertThat(store.cursor("alerts").position()).isEqualTo(9);
    assertThat(store.cursor("incidents").position()).isZero();
  }
}
