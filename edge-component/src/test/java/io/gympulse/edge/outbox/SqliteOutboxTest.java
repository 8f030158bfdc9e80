package io.gympulse.edge.outbox;

import static io.gympulse.edge.outbox.OutboxContract.NOON;
import static io.gympulse.edge.outbox.OutboxContract.append;
import static io.gympulse.edge.outbox.OutboxContract.occurrence;
import static io.gympulse.edge.outbox.OutboxContract.seqs;
import static io.gympulse.edge.outbox.OutboxContract.stamp;
import static io.gympulse.edge.outbox.OutboxContract.unstamped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.outbox.EventQueue.Counts;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteOutboxTest extends OutboxPortsContract {
  private static final InstantSource TIME = InstantSource.fixed(NOON);

  @TempDir private Path folder;

  @Override
  Outbox open(OutboxSettings.Limits limits) {
    return SqliteOutbox.open(folder.resolve("contract"), new OutboxSettings(limits), TIME);
  }

  @Override
  Outbox reopened(Outbox it, OutboxSettings.Limits limits) {
    it.close();
    return open(limits);
  }

  private SqliteOutbox open(String name) {
    return SqliteOutbox.open(folder.resolve(name), TIME);
  }

  @Test
  void everything_is_there_after_reopening() {
    OutboxId id;
    try (SqliteOutbox first = open("a")) {
      id = first.id();
      append(first, 5);
      first.acknowledge(List.of(SeqRange.of(1, 2))).join();
      first.quarantine(new Sequence(4), "unknown-machine").join();
      first.markAlive(stamp(600)).join();
    }
    try (SqliteOutbox second = open("a")) {
      assertThat(second.id()).isEqualTo(id);
      assertThat(seqs(second.peek(0, 10))).containsExactly(3L, 5L);
      assertThat(second.counts()).isEqualTo(new Counts(5, 2, 1, 0));
      assertThat(second.lastAlive()).contains(stamp(600));
      assertThat(second.lastStates()).hasSize(2).containsValue(occurrence(4));
      assertThat(append(second, 1)).containsExactly(6L);
    }
  }

  @Test
  void the_alive_mark_never_moves_back_among_calls_that_share_a_commit() {
    try (SqliteOutbox first = open("a")) {
      List<?> before =
          IntStream.range(0, 500).mapToObj(it -> first.append(occurrence(it))).toList();
      CompletableFuture<Void> later = first.markAlive(stamp(600));
      CompletableFuture<Void> earlier = first.markAlive(stamp(540));
      assertThat(before).hasSize(500);
      CompletableFuture.allOf(later, earlier).join();
      assertThat(first.lastAlive()).contains(stamp(600));
    }
    try (SqliteOutbox second = open("a")) {
      assertThat(second.lastAlive()).contains(stamp(600));
    }
  }

  @Test
  void numbers_are_not_assigned_again_when_all_were_acknowledged_before_reopening() {
    try (SqliteOutbox first = open("a")) {
      append(first, 3);
      first.acknowledge(List.of(SeqRange.of(1, 3))).join();
    }
    try (SqliteOutbox second = open("a")) {
      assertThat(second.counts()).isEqualTo(new Counts(3, 0, 0, 0));
      assertThat(second.lastStates()).hasSize(2);
      assertThat(append(second, 1)).containsExactly(4L);
    }
  }

  @Test
  void unused_boots_are_deleted_and_later_boots_are_still_placed_after_them() throws SQLException {
    BootId next = new BootId("next");
    try (SqliteOutbox first = open("a")) {
      first.append(occurrence(1)).join();
      for (int i = 0; i < 40; i++) {
        BootId boot = new BootId("boot-" + i);
        first.setBootTime(boot, NOON.plusSeconds(3_600L * (i == 20 ? 500 : i))).join();
        first.markAlive(new Stamp(boot, Duration.ofMinutes(50), Optional.empty())).join();
      }
    }
    Optional<Stamp> alive;
    try (SqliteOutbox second = open("a")) {
      alive = second.lastAlive();
      second.append(unstamped(next, 60)).join();
      second.setBootTime(new BootId("last"), NOON).join();
      assertThat(second.peek(1, 1))
          .extracting(MachineEvent::at)
          .containsExactly(NOON.plusSeconds(3_600L * 500 + 3_000));
    }
    assertThat(alive.flatMap(Stamp::wall).orElseThrow().at())
        .isEqualTo(NOON.plusSeconds(3_600L * 39 + 3_000));
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("a/outbox.db"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT group_concat(id, ' ') FROM boot")) {
      assertThat(row.getString(1).split(" ", -1))
          .hasSize(5)
          .contains("boot-20", "boot-39", "next", "last");
    }
  }

  @Test
  void an_opening_may_wait_for_the_end_of_the_process_before() {
    SqliteOutbox first = open("a");
    CompletableFuture<SqliteOutbox> second =
        CompletableFuture.supplyAsync(
            () ->
                SqliteOutbox.open(
                    folder.resolve("a"), InstantSource.fixed(NOON), Duration.ofMinutes(1)));
    assertThat(second).isNotDone();
    first.close();
    assertThat(second).succeedsWithin(Duration.ofSeconds(10));
    second.join().close();
  }

  @Test
  void a_second_opening_is_rejected_with_a_remedy() {
    try (SqliteOutbox first = open("a")) {
      assertThat(first.counts().recorded()).isZero();
      assertThatThrownBy(() -> open("a"))
          .isInstanceOf(OutboxException.class)
          .hasMessageContaining("in use by another gateway process")
          .hasMessageContaining("dataDir");
    }
  }

  @Test
  void a_damaged_file_is_set_aside_and_a_new_outbox_created() throws IOException {
    OutboxId id;
    try (SqliteOutbox first = open("a")) {
      id = first.id();
      append(first, 3);
    }
    Path file = folder.resolve("a/outbox.db");
    Files.writeString(file, "this is not a database".repeat(500), StandardCharsets.UTF_8);
    try (SqliteOutbox second = open("a")) {
      assertThat(second.id()).isNotEqualTo(id);
      assertThat(append(second, 1)).containsExactly(1L);
      Path kept = second.setAside().orElseThrow();
      assertThat(kept.getFileName()).hasToString("outbox.db.corrupt-20260301T120000000Z");
      assertThat(kept).content().startsWith("this is not a database");
    }
  }

  @Test
  void a_file_damaged_inside_is_set_aside_too() throws IOException {
    try (SqliteOutbox first = open("a")) {
      append(first, 2_000);
    }
    Path file = folder.resolve("a/outbox.db");
    byte[] bytes = Files.readAllBytes(file);
    java.util.Arrays.fill(bytes, 3 * 4096, bytes.length, (byte) 0x5a);
    Files.write(file, bytes);
    try (SqliteOutbox second = open("a")) {
      assertThat(second.setAside()).isPresent();
      assertThat(second.counts().recorded()).isZero();
    }
  }

  @Test
  void a_file_of_a_newer_gateway_is_left_alone() throws SQLException {
    open("a").close();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("a/outbox.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }
    assertThatThrownBy(() -> open("a"))
        .isInstanceOf(OutboxException.class)
        .hasMessageContaining("schema 99");
    assertThat(folder.resolve("a/outbox.db")).exists();
  }
}
