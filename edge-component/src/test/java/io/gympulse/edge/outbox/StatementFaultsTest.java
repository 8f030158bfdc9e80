package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

/// Runs a sequence of operations on an outbox, with a fault at each statement and commit in turn.
class StatementFaultsTest {
  private static final InstantSource TIME = InstantSource.fixed(OutboxContract.NOON);

  @TempDir private Path folder;

  private final Set<Long> appended = new TreeSet<>();
  private final Set<Long> acknowledged = new HashSet<>();
  private long reserved;
  private boolean bootTimeSet;

  private interface Step {
    void apply(OutboxDatabase database) throws SQLException;
  }

  @Test
  void a_kill_at_any_statement_loses_nothing_and_doubles_nothing() throws Exception {
    for (FaultyConnection.Fault fault :
        List.of(FaultyConnection.Fault.KILLED_BEFORE, FaultyConnection.Fault.KILLED_AFTER)) {
      int at = 1;
      while (isKilled(fault, at)) {
        at++;
      }
      assertThat(at).as("statements of a run").isGreaterThan(60);
    }
  }

  @Test
  void a_statement_that_fails_once_has_its_full_effect_after_the_retry() throws Exception {
    List<MachineEvent> undisturbed = new ArrayList<>();
    boolean met = true;
    for (int at = 0; met; at++) {
      Path place = Files.createDirectories(folder.resolve("failed-" + at));
      met = !runs(place, FaultyConnection.Fault.FAILS_ONCE, at);
      try (SqliteOutbox outbox = SqliteOutbox.open(place, TIME)) {
        if (at == 0) {
          undisturbed.addAll(outbox.peek(0, Integer.MAX_VALUE));
          met = true;
        }
        assertThat(outbox.peek(0, Integer.MAX_VALUE)).as("fault %d", at).isEqualTo(undisturbed);
        assertThat(outbox.counts().coalesced()).isPositive();
        OutboxAudit.check(outbox, appended, acknowledged);
      }
    }
  }

  private boolean isKilled(FaultyConnection.Fault fault, int at) throws SQLException, IOException {
    Path place = Files.createDirectories(folder.resolve(fault + "-" + at));
    Path after = Files.createDirectories(folder.resolve(fault + "-after-" + at));
    boolean finished;
    try {
      finished = runs(place, fault, at);
    } catch (FaultyConnection.Killed _) {
      finished = false;
    }
    for (String name : List.of("outbox.db", "outbox.db-wal")) {
      Files.copy(place.resolve(name), after.resolve(name));
    }
    try (SqliteOutbox outbox = SqliteOutbox.open(after, TIME)) {
      assertThat(outbox.setAside()).isEmpty();
      assertThat(outbox.lastReady()).isIn(outbox.counts().recorded(), 330L);
      assertThat(!bootTimeSet || outbox.lastReady() == outbox.counts().recorded()).isTrue();
      assertThat(outbox.peek(0, 400))
          .filteredOn(it -> it.seq().value() <= reserved)
          .allMatch(it -> it.summary().isEmpty());
      OutboxAudit.check(outbox, appended, acknowledged);
    }
    return !finished;
  }

  /// Returns whether the fault never occurred. Updates the fields step by step.
  private boolean runs(Path place, FaultyConnection.Fault fault, int at)
      throws SQLException, IOException {
    appended.clear();
    acknowledged.clear();
    reserved = 0;
    bootTimeSet = false;
    Connection real = connect(place.resolve("outbox.db"));
    FaultyConnection faulty = new FaultyConnection(real, fault);
    OutboxDatabase database = new OutboxDatabase(faulty.connection());
    faulty.arm(at);
    boolean undisturbed = true;
    undisturbed &= done(database, it -> append(it, 0, 30), () -> report(30));
    undisturbed &= done(database, it -> it.reserve(new Sequence(20)), () -> reserved = 20);
    acknowledged.addAll(LongStream.rangeClosed(1, 9).boxed().toList());
    undisturbed &= done(database, it -> it.acknowledge(List.of(SeqRange.of(1, 9))), () -> {});
    undisturbed &= done(database, it -> it.deleteAcknowledged(1), () -> {});
    undisturbed &= done(database, it -> it.quarantine(new Sequence(12), "no"), () -> {});
    undisturbed &= done(database, it -> it.quarantine(new Sequence(13), "no"), () -> {});
    undisturbed &= done(database, it -> it.release(List.of(SeqRange.of(13, 13))), () -> {});
    undisturbed &= done(database, it -> append(it, 30, 330), () -> report(330));
    undisturbed &= done(database, it -> it.coalesce(0, 100), () -> {});
    undisturbed &= done(database, it -> it.markAlive(OutboxContract.stamp(500)), () -> {});
    undisturbed &= done(database, StatementFaultsTest::appendUnstamped, () -> report(333));
    undisturbed &= done(database, StatementFaultsTest::setBootTime, () -> bootTimeSet = true);
    undisturbed &= done(database, it -> it.putDocument("history", new byte[900]), () -> {});
    return undisturbed;
  }

  /// Without flushes: a kill of the process loses nothing that the operating system has received.
  private static Connection connect(Path file) throws SQLException {
    Connection connection = JDBC.createConnection(JDBC.PREFIX + file, new Properties());
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = OFF");
    }
    connection.setAutoCommit(false);
    new OutboxSchema(connection).migrate();
    return connection;
  }

  private static boolean done(OutboxDatabase database, Step step, Runnable report)
      throws SQLException {
    boolean undisturbed = true;
    boolean done = false;
    while (!done) {
      try {
        step.apply(database);
        database.commit();
        done = true;
      } catch (SQLException e) {
        undisturbed = false;
        database.rollback();
      }
    }
    report.run();
    return undisturbed;
  }

  private static void append(OutboxDatabase database, int from, int to) throws SQLException {
    for (int i = from; i < to; i++) {
      database.append(OutboxContract.minutely(i));
    }
  }

  private static void appendUnstamped(OutboxDatabase database) throws SQLException {
    database.append(OutboxContract.unstamped(OutboxContract.LATER, 1));
    database.append(OutboxContract.unstamped(OutboxContract.LATER, 2));
    database.append(OutboxContract.unstamped(OutboxContract.LATEST, 3));
  }

  private static void setBootTime(OutboxDatabase database) throws SQLException {
    database.setBootTime(OutboxContract.LATEST, OutboxContract.NOON.plusSeconds(90_000));
  }

  private void report(long last) {
    appended.addAll(LongStream.rangeClosed(1, last).boxed().toList());
  }
}
