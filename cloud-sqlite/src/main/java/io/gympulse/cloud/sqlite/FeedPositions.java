package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.feed.FeedPump;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.feed.UpdateFeed;
import io.gympulse.cloud.core.feed.UpdateFeed.FeedCursor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Assigns the feed's positions, and reads the feed from the tables that contain them. A position
/// whose transaction was rolled back is skipped.
final class FeedPositions {
  private final Database database;
  private final FeedPump feed;
  private long last;

  FeedPositions(Database database) {
    this.database = database;
    this.last =
        database
            .query(
                """
                SELECT MAX(COALESCE((SELECT MAX(position) FROM current_state), 0),
                           COALESCE((SELECT MAX(position) FROM gateway), 0))""",
                row -> row.getLong(1))
            .getFirst();
    this.feed = new FeedPump(this::after, last);
  }

  UpdateFeed feed() {
    return feed;
  }

  void close() {
    feed.close();
  }

  /// To be called within the transaction that writes it.
  synchronized long next() {
    return ++last;
  }

  /// Signals the feed that updates were written. Within a transaction a reader of the feed blocks
  /// until its end, since both need the one connection.
  synchronized void publish() {
    feed.advanceTo(last);
  }

  /// Reads both tables in one consistent view: a write between the two reads could leave a position
  /// unread below one that is delivered, which the reader would then miss.
  private List<FeedUpdate> after(long position, int limit) {
    return database.with(_ -> read(position, limit));
  }

  private List<FeedUpdate> read(long position, int limit) {
    List<FeedUpdate> updates = new ArrayList<>();
    updates.addAll(
        database.query(
            "SELECT * FROM current_state WHERE position > ? ORDER BY position LIMIT ?",
            row -> new FeedUpdate.MachineChanged(row.getLong("position"), Rows.state(row)),
            position,
            limit));
    updates.addAll(
        database.query(
            "SELECT * FROM gateway WHERE position > ? AND online IS NOT NULL ORDER BY position LIMIT ?",
            row -> new FeedUpdate.PresenceChanged(row.getLong("position"), Rows.presence(row)),
            position,
            limit));
    updates.sort(Comparator.comparingLong(FeedUpdate::position));
    return List.copyOf(updates.subList(0, Math.min(limit, updates.size())));
  }

  /// A consumer's position in the table `feed_cursor`.
  record Cursor(Database database, String reader) implements FeedCursor {
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
}
