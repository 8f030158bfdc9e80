package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.id.OutboxId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files as a failing or full disk, or a mistake of an operator, leaves them.
class DamagedFileTest {
  private static final InstantSource TIME = InstantSource.fixed(OutboxContract.NOON);
  private static final OutboxSettings.FileSettings FREQUENT_CHECKPOINTS =
      new OutboxSettings.FileSettings(512, 50, 1_000);

  @TempDir private Path folder;
  private Path closed;
  private Path killed;
  private OutboxId id = OutboxId.random();

  /// The same outbox with 300 events twice: after closing, and after a kill.
  @BeforeEach
  void makeFiles() throws IOException {
    closed = folder.resolve("closed");
    killed = Files.createDirectories(folder.resolve("killed"));
    try (SqliteOutbox outbox = open(closed)) {
      id = outbox.id();
      OutboxContract.append(outbox, 200);
      var last = outbox.append(OutboxContract.occurrence(200));
      for (int i = 201; i < 300; i++) {
        last = outbox.append(OutboxContract.occurrence(i));
      }
      last.join();
      copy(closed, killed);
    }
  }

  @Test
  void both_files_are_undamaged_at_first() {
    assertUndamaged(closed);
    assertUndamaged(killed);
  }

  @Test
  void a_log_that_is_missing_after_a_kill_is_damage() throws IOException {
    Files.delete(killed.resolve("outbox.db-wal"));
    assertSetAside(killed);
  }

  @Test
  void a_new_log_whose_length_alone_reached_the_disk_is_empty() throws IOException {
    for (int bytes : new int[] {1, 31, 32, 56, 567}) {
      Path place = Files.createDirectories(folder.resolve("short-" + bytes));
      copy(closed, place);
      Files.write(place.resolve("outbox.db-wal"), new byte[bytes]);
      assertUndamaged(place);
    }
  }

  @Test
  void a_log_that_is_long_enough_for_a_commit_must_be_readable() throws IOException {
    Files.write(closed.resolve("outbox.db-wal"), new byte[568]);
    assertSetAside(closed);
  }

  @Test
  void a_log_of_garbage_is_damage() throws IOException {
    Files.writeString(killed.resolve("outbox.db-wal"), "garbage".repeat(900));
    assertSetAside(killed);
  }

  @Test
  void an_empty_database_beside_a_log_is_damage() throws IOException {
    Files.write(killed.resolve("outbox.db"), new byte[0]);
    assertSetAside(killed);
  }

  @Test
  void a_missing_database_beside_a_log_is_damage() throws IOException {
    Files.delete(killed.resolve("outbox.db"));
    assertSetAside(killed);
  }

  @Test
  void an_empty_database_alone_is_created_anew() throws IOException {
    Files.write(closed.resolve("outbox.db"), new byte[0]);
    try (SqliteOutbox outbox = open(closed)) {
      assertThat(outbox.id()).isNotEqualTo(id);
      assertThat(outbox.counts().recorded()).isZero();
    }
  }

  @Test
  void a_truncated_database_is_set_aside() throws IOException {
    Path file = closed.resolve("outbox.db");
    try (RandomAccessFile database = new RandomAccessFile(file.toFile(), "rw")) {
      database.setLength(database.length() / 2 / 512 * 512);
    }
    assertSetAside(closed);
  }

  @Test
  void whatever_bytes_are_changed_the_outbox_opens_or_says_why_not() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      Path place = Files.createDirectories(folder.resolve("flipped-" + i));
      copy(i % 2 == 0 ? closed : killed, place);
      Path file = place.resolve(i % 4 == 1 ? "outbox.db-wal" : "outbox.db");
      byte[] bytes = Files.readAllBytes(file);
      for (int flips = random.nextInt(20); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
      }
      Files.write(file, bytes);
      use(place);
      use(place);
    }
  }

  @Test
  void a_single_flipped_bit_costs_at_most_one_start() throws IOException {
    byte[] sound = Files.readAllBytes(closed.resolve("outbox.db"));
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      Path place = Files.createDirectories(folder.resolve("bit-" + i));
      int bit = bitOutsideUserVersion(random, sound.length);
      byte[] bytes = sound.clone();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(place.resolve("outbox.db"), bytes);
      boolean first = use(place);
      boolean second = first || use(place);
      assertThat(second).as("bit %d of byte %d", bit % 8, bit / 8).isTrue();
    }
  }

  /// Spares bytes 60 to 63, the schema version: a file of a newer version is rejected at each
  /// start.
  private static int bitOutsideUserVersion(Random random, int bytes) {
    int bit = random.nextInt(bytes * 8);
    return bit / 8 >= 60 && bit / 8 < 64 ? 0 : bit;
  }

  @Test
  void an_unknown_code_costs_one_start_and_the_file_is_kept_for_a_human() throws SQLException {
    sql(closed, "UPDATE event SET what = 77 WHERE seq = 10");
    assertThat(use(closed)).isFalse();
    try (SqliteOutbox outbox = open(closed)) {
      Path kept = outbox.setAside().orElseThrow();
      assertThat(kept).exists();
      assertThat(Path.of(kept + "-damaged")).content().contains("no status has code 77");
      assertThat(outbox.id()).isNotEqualTo(id);
    }
    try (SqliteOutbox outbox = open(closed)) {
      assertThat(outbox.setAside()).isEmpty();
    }
  }

  @Test
  void an_unknown_code_that_only_the_writer_reads_costs_one_start_too() throws SQLException {
    sql(closed, "UPDATE event SET what = 77 WHERE seq = 10");
    OutboxSettings settings = new OutboxSettings(new OutboxSettings.Limits(310, 300));
    SqliteOutbox outbox = SqliteOutbox.open(closed, settings, TIME);
    for (int i = 0; i < 20; i++) {
      var _ = outbox.append(OutboxContract.occurrence(i));
    }
    assertThat(outbox.broken()).succeedsWithin(Duration.ofSeconds(10));
    outbox.close();
    assertSetAside(closed);
  }

  @Test
  void events_that_stand_for_the_same_numbers_are_damage_when_they_are_coalesced()
      throws SQLException {
    sql(closed, "INSERT INTO summary VALUES (20, 3, 0, 0, 0, 1)");
    OutboxSettings settings = new OutboxSettings(new OutboxSettings.Limits(310, 300));
    SqliteOutbox outbox = SqliteOutbox.open(closed, settings, TIME);
    for (int i = 0; i < 20; i++) {
      var _ = outbox.append(OutboxContract.occurrence(i));
    }
    assertThat(outbox.broken()).succeedsWithin(Duration.ofSeconds(10));
    outbox.close();
    assertSetAside(closed);
  }

  @Test
  void a_file_with_other_tables_is_set_aside_at_once() throws SQLException {
    sql(closed, "ALTER TABLE summary RENAME COLUMN first TO fjrst");
    assertSetAside(closed);
    sql(killed, "ALTER TABLE document RENAME TO documeot");
    assertSetAside(killed);
  }

  @Test
  void a_version_that_contradicts_the_tables_is_damage() throws SQLException {
    sql(closed, "PRAGMA user_version = 0");
    assertSetAside(closed);
    sql(killed, "PRAGMA user_version = 1");
    assertSetAside(killed);
  }

  @Test
  void a_file_whose_header_makes_it_look_read_only_is_set_aside() throws IOException {
    byte[] bytes = Files.readAllBytes(closed.resolve("outbox.db"));
    bytes[18] ^= (byte) 0x80;
    Files.write(closed.resolve("outbox.db"), bytes);
    assertSetAside(closed);
  }

  @Test
  void a_file_with_impossible_metadata_is_set_aside_at_once() throws SQLException {
    sql(closed, "INSERT OR REPLACE INTO setting VALUES ('coalesced', -1000)");
    assertSetAside(closed);
  }

  @Test
  void damage_found_while_working_ends_the_outbox_and_the_next_opening_sets_the_file_aside()
      throws IOException {
    Path place = folder.resolve("working");
    OutboxSettings settings =
        new OutboxSettings(OutboxSettings.Limits.DEFAULT, FREQUENT_CHECKPOINTS);
    SqliteOutbox outbox = SqliteOutbox.open(place, settings, TIME);
    OutboxContract.append(outbox, 300);
    try (RandomAccessFile database =
        new RandomAccessFile(place.resolve("outbox.db").toFile(), "rw")) {
      database.write("garbage".repeat(20_000).getBytes(StandardCharsets.UTF_8));
    }
    assertThatThrownBy(() -> outbox.peek(0, 1_000)).isInstanceOf(OutboxException.class);
    await().until(() -> outbox.broken().isDone());
    assertThat(outbox.state()).isInstanceOf(Outbox.State.Broken.class);
    assertThat(outbox.append(OutboxContract.occurrence(1))).failsWithin(Duration.ofSeconds(10));
    outbox.close();
    assertSetAside(place);
  }

  @Test
  void a_folder_that_cannot_be_written_to_is_rejected_with_a_remedy() {
    assertThatThrownBy(() -> open(Path.of("/proc/outbox")))
        .isInstanceOf(OutboxException.class)
        .hasMessageContaining("/proc/outbox")
        .hasMessageContaining("writable");
  }

  /// Returns whether all operations succeeded.
  private static boolean use(Path place) {
    try (SqliteOutbox outbox = open(place)) {
      outbox.peek(0, Integer.MAX_VALUE);
      outbox.quarantined();
      outbox.lastStates();
      outbox.append(OutboxContract.occurrence(1)).orTimeout(10, TimeUnit.SECONDS).join();
      return true;
    } catch (OutboxException e) {
      assertThat(e).message().isNotBlank();
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(OutboxException.class);
    }
    return false;
  }

  private static void sql(Path place, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + place.resolve("outbox.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void assertUndamaged(Path place) {
    try (SqliteOutbox outbox = open(place)) {
      assertThat(outbox.setAside()).isEmpty();
      assertThat(outbox.id()).isEqualTo(id);
      assertThat(outbox.peek(0, 1_000)).hasSize(300);
    }
  }

  private void assertSetAside(Path place) {
    try (SqliteOutbox outbox = open(place)) {
      assertThat(outbox.setAside()).isPresent();
      assertThat(outbox.id()).isNotEqualTo(id);
      assertThat(OutboxContract.append(outbox, 1)).containsExactly(1L);
    }
  }

  private static SqliteOutbox open(Path place) {
    return SqliteOutbox.open(place, TIME);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.list(from)) {
      for (Path file : files.filter(it -> !it.endsWith("outbox.lock")).toList()) {
        if (!file.getFileName().toString().endsWith("-shm")) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    }
  }
}
