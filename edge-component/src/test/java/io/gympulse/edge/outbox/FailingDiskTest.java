package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;

class FailingDiskTest {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

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

  private OutboxWriter writer(OutboxDatabase database) {
    return new OutboxWriter(
        database,
        OutboxSettings.DEFAULT,
        InstantSource.fixed(OutboxContract.NOON),
        new DamageMarker(folder.resolve("outbox.db-damaged")));
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
