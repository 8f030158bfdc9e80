package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.feed.FeedCursor;

/// A reader's position in the table `feed_cursor`.
final class SqliteFeedCursor implements FeedCursor {
  private final Database database;
  private final String reader;

  SqliteFeedCursor(Database database, String reader) {
    this.database = database;
    this.reader = reader;
  }

  @Override
  public long position() {
    return database
        .query("SELECT position FROM feed_cursor WHERE reader = ?", row -> row.getLong(1), reader)
        .stream()
        .findFirst()
        .orElse(0L);
  }

  @Override
  public void move(long position) {
    database.update(
        "INSERT OR REPLACE INTO feed_cursor (reader, position) VALUES (?, ?)", reader, position);
  }
}
