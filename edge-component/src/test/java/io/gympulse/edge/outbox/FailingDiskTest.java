package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
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
  void what_a_full_disk_refuses_is_written_once_there_is_room() throws SQLException {
    AtomicInteger refusals = new AtomicInteger();
    SQLiteConnection connection = connect();
    connection.addCommitListener(counting(refusals));
    execute(connection, "PRAGMA max_page_count = 20");
    OutboxDatabase database = new OutboxDatabase(connection);
    try (OutboxWriter writer = writer(database)) {
      List<CompletableFuture<Sequence>> appends =
          IntStream.range(0, 3_000).mapToObj(it -> append(writer, it)).toList();
      await().until(() -> refusals.get() >= 2);
      assertThat(writer.state()).isInstanceOf(OutboxState.Refusing.class);
      execute(connection, "PRAGMA max_page_count = 100000");
      await().until(() -> appends.getLast().isDone());
      assertThat(appends.stream().map(it -> it.join().value()))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 3_000).boxed().toList());
      await().until(() -> writer.state().equals(new OutboxState.Working()));
      assertThat(database.committed().counts()).isEqualTo(new OutboxCounts(3_000, 3_000, 0, 0));
    }
  }

  @Test
  void a_writer_that_ends_by_itself_fails_what_waits_and_what_comes_later() throws SQLException {
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
  void what_no_repetition_can_cure_ends_the_writer_without_calling_the_file_damaged(
      SQLiteErrorCode code) throws SQLException {
    RefusingConnection refusing = new RefusingConnection(connect());
    try (OutboxWriter writer = writer(new OutboxDatabase(refusing.connection()))) {
      refusing.refuse(code);
      CompletableFuture<Sequence> append = append(writer, 1);
      assertThat(writer.broken()).succeedsWithin(TEN_SECONDS);
      assertThat(append).isCompletedExceptionally();
      assertThat(refusing.refusals()).isOne();
      assertThat(marker().isThere()).isFalse();
    }
  }

  @Test
  void a_disk_that_fails_for_less_than_five_minutes_is_tried_again() throws SQLException {
    RefusingConnection refusing = new RefusingConnection(connect());
    try (OutboxWriter writer = writer(new OutboxDatabase(refusing.connection()))) {
      refusing.refuse(SQLiteErrorCode.SQLITE_IOERR_WRITE);
      CompletableFuture<Sequence> append = append(writer, 1);
      await().until(() -> refusing.refusals() == 1);
      elapsed.addAndGet(Duration.ofMinutes(5).minusSeconds(1).toNanos());
      await().until(() -> refusing.refusals() == 2);
      assertThat(writer.state()).isInstanceOf(OutboxState.Refusing.class);
      refusing.accept();
      assertThat(append).succeedsWithin(TEN_SECONDS).isEqualTo(Sequence.FIRST);
    }
  }

  @Test
  void a_disk_that_fails_for_five_minutes_ends_the_writer() throws SQLException {
    RefusingConnection refusing = new RefusingConnection(connect());
    try (OutboxWriter writer = writer(new OutboxDatabase(refusing.connection()))) {
      refusing.refuse(SQLiteErrorCode.SQLITE_IOERR_FSYNC);
      CompletableFuture<Sequence> append = append(writer, 1);
      await().until(() -> refusing.refusals() == 1);
      elapsed.addAndGet(Duration.ofMinutes(5).toNanos());
      assertThat(writer.broken()).succeedsWithin(TEN_SECONDS);
      assertThat(append).isCompletedExceptionally();
      assertThat(marker().isThere()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE_FULL", "SQLITE_BUSY", "SQLITE_LOCKED"})
  void a_disk_that_is_full_or_held_by_another_is_waited_for_without_end(SQLiteErrorCode code)
      throws SQLException {
    RefusingConnection refusing = new RefusingConnection(connect());
    try (OutboxWriter writer = writer(new OutboxDatabase(refusing.connection()))) {
      refusing.refuse(code);
      CompletableFuture<Sequence> append = append(writer, 1);
      for (int i = 1; i <= 2; i++) {
        int refusals = i;
        await().until(() -> refusing.refusals() == refusals);
        elapsed.addAndGet(Duration.ofDays(1).toNanos());
      }
      refusing.accept();
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
  void a_renewal_that_is_refused_is_undone_and_all_else_goes_on(SQLiteErrorCode code)
      throws SQLException {
    RefusingConnection refusing = new RefusingConnection(connect());
    OutboxDatabase database = new OutboxDatabase(refusing.connection());
    try (OutboxWriter writer = writer(database)) {
      copy(writer, 3);
      OutboxId before = database.id();
      refusing.refuse(code);
      assertThat(renew(writer)).succeedsWithin(TEN_SECONDS).isEqualTo(false);
      refusing.accept();
      assertThat(append(writer, 4)).succeedsWithin(TEN_SECONDS).isEqualTo(new Sequence(4));
      assertThat(database.id()).isEqualTo(before);
      assertThat(database.copied()).isTrue();
      assertThat(renew(writer)).succeedsWithin(TEN_SECONDS).isEqualTo(true);
      assertThat(database.id()).isNotEqualTo(before);
      assertThat(database.committed().counts()).isEqualTo(new OutboxCounts(2, 2, 0, 0));
    }
  }

  @Test
  void a_renewal_for_which_the_disk_has_no_room_is_undone_and_done_once_there_is_room()
      throws SQLException {
    SQLiteConnection connection = connect();
    OutboxDatabase database = new OutboxDatabase(connection);
    try (OutboxWriter writer = writer(database)) {
      copy(writer, 3);
      List<CompletableFuture<Sequence>> appends =
          IntStream.range(0, 3_000).mapToObj(it -> append(writer, it)).toList();
      appends.getLast().join();
      execute(connection, "PRAGMA max_page_count = 1");
      assertThat(renew(writer)).succeedsWithin(TEN_SECONDS).isEqualTo(false);
      execute(connection, "PRAGMA max_page_count = 100000");
      assertThat(append(writer, 1)).succeedsWithin(TEN_SECONDS).isEqualTo(new Sequence(3_004));
      assertThat(renew(writer)).succeedsWithin(TEN_SECONDS).isEqualTo(true);
      assertThat(database.committed().counts()).isEqualTo(new OutboxCounts(3_002, 3_002, 0, 0));
    }
  }

  /// So many events, all of them stored but the last, whose number is taken.
  private static void copy(OutboxWriter writer, int events) {
    for (int i = 1; i <= events; i++) {
      append(writer, i).join();
    }
    CompletableFuture<Void> stored = new CompletableFuture<>();
    writer.submit(new Write.Acknowledge(List.of(SeqRange.of(1, events - 1L)), stored));
    CompletableFuture<Void> apart = new CompletableFuture<>();
    writer.submit(new Write.Quarantine(new Sequence(events), QuarantinedEvent.TAKEN, apart));
    CompletableFuture.allOf(stored, apart).join();
  }

  private static CompletableFuture<Boolean> renew(OutboxWriter writer) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    writer.submit(new Write.Renew(done));
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

  private static SQLiteCommitListener counting(AtomicInteger refusals) {
    return new SQLiteCommitListener() {
      @Override
      public void onCommit() {}

      @Override
      public void onRollback() {
        refusals.incrementAndGet();
      }
    };
  }

  private static CompletableFuture<Sequence> append(OutboxWriter writer, int number) {
    CompletableFuture<Sequence> done = new CompletableFuture<>();
    writer.submit(new Write.Append(OutboxContract.occurrence(number), done));
    return done;
  }
}
