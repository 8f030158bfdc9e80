package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.outbox.EventQueue.Counts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.JDBC;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

class FailingDiskTest {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private final AtomicLong elapsed = new AtomicLong();

  @TempDir private Path folder;

  @BeforeEach
  void makeTheFile() {
    SqliteOutbox.open(folder, InstantSource.fixed(OutboxContract.NOON)).close();
  }

  @Test
  void writes_that_a_full_disk_rejects_are_written_once_there_is_room() throws SQLException {
    AtomicInteger rollbacks = new AtomicInteger();
    SQLiteConnection connection = connect();
    connection.addCommitListener(counting(rollbacks));
    execute(connection, "PRAGMA max_page_count = 20");
    OutboxDatabase database = new OutboxDatabase(connection);
    try (OutboxWriter writer = writer(database)) {
      List<CompletableFuture<Sequence>> appends =
          IntStream.range(0, 3_000).mapToObj(it -> append(writer, it)).toList();
      await().until(() -> rollbacks.get() >= 2);
      assertThat(writer.state()).isInstanceOf(Outbox.State.Retrying.class);
      execute(connection, "PRAGMA max_page_count = 100000");
      await().until(() -> appends.getLast().isDone());
      assertThat(appends.stream().map(it -> it.join().value()))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 3_000).boxed().toList());
      await().until(() -> writer.state().equals(new Outbox.State.Working()));
      assertThat(database.committed().metadata().counts())
          .isEqualTo(new Counts(3_000, 3_000, 0, 0));
    }
  }

  @Test
  void a_writer_that_ends_by_itself_fails_waiting_and_later_commands() throws SQLException {
    SQLiteConnection connection = connect();
    OutboxDatabase database = new OutboxDatabase(connection);
    try (OutboxWriter writer = writer(database)) {
      connection.close();
      List<CompletableFuture<Sequence>> appends =
          IntStream.range(0, 10).mapToObj(it -> append(writer, it)).toList();
      assertThat(writer.broken()).succeedsWithin(TEN_SECONDS);
      assertThat(writer.broken().join()).hasMessageContaining("cannot be written to any more");
      assertThat(appends).allMatch(CompletableFuture::isCompletedExceptionally);
      assertThat(append(writer, 11)).isCompletedExceptionally();
    }
  }

  @Test
  void a_writer_that_is_closed_is_not_broken() throws SQLException {
    OutboxWriter writer = writer(new OutboxDatabase(connect()));
    writer.close();
    assertThat(writer.broken()).isNotDone();
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_ERROR", "SQLITE_MISUSE"})
  void a_failure_that_no_retry_can_cure_ends_the_writer_without_a_damage_marker(
      SQLiteErrorCode code) throws SQLException {
    CommitFailingConnection disk = new CommitFailingConnection(connect());
    try (OutboxWriter writer = writer(new OutboxDatabase(disk.connection()))) {
      disk.failWith(code);
      CompletableFuture<Sequence> append = append(writer, 1);
      assertThat(writer.broken()).succeedsWithin(TEN_SECONDS);
      assertThat(append).isCompletedExceptionally();
      assertThat(disk.failures()).isOne();
      assertThat(marker().exists()).isFalse();
    }
  }

  @Test
  void a_disk_that_fails_for_less_than_five_minutes_is_retried() throws SQLException {
    CommitFailingConnection disk = new CommitFailingConnection(connect());
    try (OutboxWriter writer = writer(new OutboxDatabase(disk.connection()))) {
      disk.failWith(SQLiteErrorCode.SQLITE_IOERR_WRITE);
      CompletableFuture<Sequence> append = append(writer, 1);
      await().until(() -> disk.failures() == 1);
      elapsed.addAndGet(Duration.ofMinutes(5).minusSeconds(1).toNanos());
      await().until(() -> disk.failures() == 2);
      assertThat(writer.state()).isInstanceOf(Outbox.State.Retrying.class);
      disk.recover();
      assertThat(append).succeedsWithin(TEN_SECONDS).isEqualTo(Sequence.FIRST);
    }
  }

  @Test
  void a_disk_that_fails_for_five_minutes_ends_the_writer() throws SQLException {
    CommitFailingConnection disk = new CommitFailingConnection(connect());
    try (OutboxWriter writer = writer(new OutboxDatabase(disk.connection()))) {
      disk.failWith(SQLiteErrorCode.SQLITE_IOERR_FSYNC);
      CompletableFuture<Sequence> append = append(writer, 1);
      await().until(() -> disk.failures() == 1);
      elapsed.addAndGet(Duration.ofMinutes(5).toNanos());
      assertThat(writer.broken()).succeedsWithin(TEN_SECONDS);
      assertThat(append).isCompletedExceptionally();
      assertThat(marker().exists()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE_FULL", "SQLITE_BUSY", "SQLITE_LOCKED"})
  void a_full_disk_or_a_locked_file_is_retried_without_end(SQLiteErrorCode code)
      throws SQLException {
    CommitFailingConnection disk = new CommitFailingConnection(connect());
    try (OutboxWriter writer = writer(new OutboxDatabase(disk.connection()))) {
      disk.failWith(code);
      CompletableFuture<Sequence> append = append(writer, 1);
      for (int i = 1; i <= 2; i++) {
        int failures = i;
        await().until(() -> disk.failures() == failures);
        elapsed.addAndGet(Duration.ofDays(1).toNanos());
      }
      disk.recover();
      assertThat(append).succeedsWithin(TEN_SECONDS).isEqualTo(Sequence.FIRST);
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "SQLITE_FULL",
        "SQLITE_BUSY",
        "SQLITE_IOERR_WRITE",
        "SQLITE_CANTOPEN",
        "SQLITE_CONSTRAINT_PRIMARYKEY"
      })
  void a_renumbering_that_fails_is_rolled_back_and_everything_else_continues(SQLiteErrorCode code)
      throws SQLException {
    CommitFailingConnection disk = new CommitFailingConnection(connect());
    OutboxDatabase database = new OutboxDatabase(disk.connection());
    try (OutboxWriter writer = writer(database)) {
      appendWithConflict(writer, 3);
      OutboxId before = database.committed().metadata().id();
      disk.failWith(code);
      assertThat(renumber(writer)).succeedsWithin(TEN_SECONDS).isEqualTo(false);
      disk.recover();
      assertThat(append(writer, 4)).succeedsWithin(TEN_SECONDS).isEqualTo(new Sequence(4));
      assertThat(database.committed().metadata().id()).isEqualTo(before);
      assertThat(database.committed().metadata().hasConflict()).isTrue();
      assertThat(renumber(writer)).succeedsWithin(TEN_SECONDS).isEqualTo(true);
      assertThat(database.committed().metadata().id()).isNotEqualTo(before);
      assertThat(database.committed().metadata().counts()).isEqualTo(new Counts(2, 2, 0, 0));
    }
  }

  @Test
  void a_renumbering_without_room_on_the_disk_is_rolled_back_and_succeeds_once_there_is_room()
      throws SQLException {
    SQLiteConnection connection = connect();
    OutboxDatabase database = new OutboxDatabase(connection);
    try (OutboxWriter writer = writer(database)) {
      appendWithConflict(writer, 3);
      List<CompletableFuture<Sequence>> appends =
          IntStream.range(0, 3_000).mapToObj(it -> append(writer, it)).toList();
      appends.getLast().join();
      execute(connection, "PRAGMA max_page_count = 1");
      assertThat(renumber(writer)).succeedsWithin(TEN_SECONDS).isEqualTo(false);
      execute(connection, "PRAGMA max_page_count = 100000");
      assertThat(append(writer, 1)).succeedsWithin(TEN_SECONDS).isEqualTo(new Sequence(3_004));
      assertThat(renumber(writer)).succeedsWithin(TEN_SECONDS).isEqualTo(true);
      assertThat(database.committed().metadata().counts())
          .isEqualTo(new Counts(3_002, 3_002, 0, 0));
    }
  }

  /// Appends events, acknowledges all but the last, and quarantines that with a conflict.
  private static void appendWithConflict(OutboxWriter writer, int events) {
    for (int i = 1; i <= events; i++) {
      append(writer, i).join();
    }
    CompletableFuture<Void> stored = new CompletableFuture<>();
    writer.submit(new WriteCommand.Acknowledge(List.of(SeqRange.of(1, events - 1L)), stored));
    CompletableFuture<Void> quarantined = new CompletableFuture<>();
    writer.submit(
        new WriteCommand.Quarantine(
            new Sequence(events), Quarantine.QuarantinedEvent.CONFLICT, quarantined));
    CompletableFuture.allOf(stored, quarantined).join();
  }

  private static CompletableFuture<Boolean> renumber(OutboxWriter writer) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    writer.submit(new WriteCommand.Renumber(done));
    return done;
  }

  private OutboxWriter writer(OutboxDatabase database) {
    return new OutboxWriter(
        database,
        OutboxSettings.DEFAULT,
        InstantSource.fixed(OutboxContract.NOON),
        marker(),
        elapsed::get);
  }

  private DamageMarker marker() {
    return new DamageMarker(folder.resolve("outbox.db-damaged"));
  }

  private SQLiteConnection connect() throws SQLException {
    SQLiteConnection connection =
        JDBC.createConnection(JDBC.PREFIX + folder.resolve("outbox.db"), new Properties());
    execute(connection, "PRAGMA journal_mode = WAL");
    connection.setAutoCommit(false);
    return connection;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static SQLiteCommitListener counting(AtomicInteger rollbacks) {
    return new SQLiteCommitListener() {
      @Override
      public void onCommit() {}

      @Override
      public void onRollback() {
        rollbacks.incrementAndGet();
      }
    };
  }

  private static CompletableFuture<Sequence> append(OutboxWriter writer, int number) {
    CompletableFuture<Sequence> done = new CompletableFuture<>();
    writer.submit(new WriteCommand.Append(OutboxContract.occurrence(number), done));
    return done;
  }
}
