package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.queue.DeadLetterQueue;
import io.gympulse.cloud.core.queue.DeadLetterQueue.DeadLetter;
import io.gympulse.cloud.core.queue.DeadLetterQueue.RedriveResult;
import io.gympulse.cloud.core.queue.WorkQueue;
import io.gympulse.cloud.core.queue.WorkSource;
import io.gympulse.cloud.core.queue.WorkSource.QueueSettings;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/// A queue in a file of its own, of which this process is the only user. A sent message is durable
/// when `send` returns (WAL, synchronous FULL). Messages that were in flight when a process died
/// are delivered again as soon as the file is opened. Dead letters are in the file too, without
/// their reasons.
public final class SqliteWorkQueue implements WorkQueue, WorkSource, AutoCloseable {
  private static final int SCHEMA = 1;

  private final Database database;
  private final QueueSettings settings;
  private final InstantSource clock;
  private final AtomicLong waiting;
  private volatile Runnable listener = () -> {};

  private SqliteWorkQueue(Database database, QueueSettings settings, InstantSource clock) {
    this.database = database;
    this.settings = settings;
    this.clock = clock;
    this.waiting =
        new AtomicLong(
            database.query("SELECT COUNT(*) FROM message", row -> row.getLong(1)).getFirst());
  }

  /// Opens the file, which is created if it does not exist.
  ///
  /// @throws StoreUnavailableException if it cannot be used
  public static SqliteWorkQueue open(Path file, QueueSettings settings, InstantSource clock) {
    Database database = DatabaseFile.openToWrite(file, new DatabaseFile.Schema("queue", SCHEMA));
    database.update("UPDATE message SET visible_at = 0 WHERE visible_at > 0");
    return new SqliteWorkQueue(database, settings, clock);
  }

  /// Writes and flushes an unchanged value, to check that the queue can be written.
  ///
  /// @throws StoreUnavailableException if the queue cannot be written
  public void probe() {
    DatabaseFile.probe(database);
  }

  @Override
  public List<Unsent> send(List<String> bodies) {
    int[] room = new int[1];
    try {
      database.transaction(
          () -> {
            room[0] = (int) Math.clamp(settings.capacity() - waiting.get(), 0L, bodies.size());
            insert(bodies.subList(0, room[0]));
          });
    } catch (StoreUnavailableException e) {
      return unsent(0, bodies.size(), String.valueOf(e.getMessage()));
    }
    waiting.addAndGet(room[0]);
    listener.run();
    return unsent(room[0], bodies.size(), "the queue is full");
  }

  private static List<Unsent> unsent(int from, int to, String reason) {
    return IntStream.range(from, to).mapToObj(it -> new Unsent(it, reason)).toList();
  }

  private void insert(List<String> bodies) {
    long now = clock.millis();
    database.each(
        "INSERT INTO message (body, sent_at, visible_at, receives) VALUES (?, ?, 0, 0)",
        bodies,
        (insert, body) -> {
          insert.setString(1, body);
          insert.setLong(2, now);
        });
  }

  @Override
  public List<Received> receive(int most) {
    long now = clock.millis();
    List<Received> handedOut = new ArrayList<>();
    if (!due(now, 1).isEmpty()) {
      int[] moved = new int[1];
      database.transaction(
          () -> {
            moved[0] = moveExhausted("visible_at <= ?", now);
            handedOut.addAll(due(now, most));
            handedOut.forEach(it -> handOut(it, now));
          });
      waiting.addAndGet(-moved[0]);
    }
    return List.copyOf(handedOut);
  }

  private List<Received> due(long now, int most) {
    return database.query(
        """
        SELECT id, body, sent_at, receives + 1 AS receives FROM message
        WHERE visible_at <= ? ORDER BY id LIMIT ?\
        """,
        SqliteWorkQueue::received,
        now,
        most);
  }

  private void handOut(Received message, long now) {
    database.update(
        "UPDATE message SET receives = ?, visible_at = ? WHERE id = ?",
        message.receives(),
        now + settings.visibility().toMillis(),
        message.id());
  }

  private int moveExhausted(String condition, Object value) {
    String exhausted = " FROM message WHERE receives >= ? AND " + condition;
    database.update(
        "INSERT INTO dead_letter (id, body, sent_at, receives) SELECT id, body, sent_at, receives"
            + exhausted,
        settings.maxReceives(),
        value);
    return database.update("DELETE" + exhausted, settings.maxReceives(), value);
  }

  @Override
  public void remove(Collection<String> ids) {
    each(ids, it -> database.update("DELETE FROM message WHERE id = ?", it));
  }

  @Override
  public void fail(Map<String, String> reasons) {
    each(reasons.keySet(), it -> moveExhausted("id = ?", it));
  }

  /// @param action returns the number of messages that it took out of the queue
  private void each(Collection<String> ids, ToIntFunction<String> action) {
    if (!ids.isEmpty()) {
      int[] gone = new int[1];
      database.transaction(() -> gone[0] = ids.stream().mapToInt(action).sum());
      waiting.addAndGet(-gone[0]);
    }
  }

  @Override
  public long waiting() {
    return waiting.get();
  }

  @Override
  public void onArrival(Runnable listener) {
    this.listener = listener;
  }

  @Override
  public DeadLetterQueue deadLetters() {
    return new DeadLetters();
  }

  @Override
  public void close() {
    database.close();
  }

  private final class DeadLetters implements DeadLetterQueue {
    @Override
    public List<DeadLetter> list(int limit) {
      return database
          .query("SELECT * FROM dead_letter ORDER BY id LIMIT ?", SqliteWorkQueue::received, limit)
          .stream()
          .map(
              it ->
                  new DeadLetter(
                      it.sentAt(), settings.name(), it.id(), it.receives(), "", it.body()))
          .toList();
    }

    @Override
    public RedriveResult redrive() {
      int[] count = new int[1];
      database.transaction(
          () -> {
            count[0] =
                database.update(
                    """
                    INSERT INTO message (id, body, sent_at, visible_at, receives)
                    SELECT id, body, sent_at, 0, 0 FROM dead_letter\
                    """);
            database.update("DELETE FROM dead_letter");
          });
      waiting.addAndGet(count[0]);
      listener.run();
      return new RedriveResult.Moved(count[0], 0);
    }
  }

  private static Received received(ResultSet row) throws SQLException {
    return new Received(
        Long.toString(row.getLong("id")),
        row.getString("body"),
        Instant.ofEpochMilli(row.getLong("sent_at")),
        row.getInt("receives"));
  }
}
