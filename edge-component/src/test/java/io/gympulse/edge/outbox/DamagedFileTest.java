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
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files as a failing disk, a full one or a careless hand leaves them.
class DamagedFileTest {
  private static final InstantSource TIME = InstantSource.fixed(OutboxContract.NOON);
  private static final FileSettings OFTEN_CARRIED_OVER = new FileSettings(512, 50, 1_000);

  @TempDir private Path folder;
  private Path closed;
  private Path killed;
  private OutboxId id = OutboxId.random();

  /// The same outbox twice: as it is once closed, and as a kill leaves it, with 300 events each.
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
  void both_are_whole_to_begin_with() {
    assertWhole(closed);
    assertWhole(killed);
  }

  @Test
  void a_log_that_is_missing_after_a_kill_is_noticed() throws IOException {
    Files.delete(killed.resolve("outbox.db-wal"));
    assertSetAside(killed);
  }

  @Test
  void a_log_of_garbage_is_noticed() throws IOException {
    Files.writeString(killed.resolve("outbox.db-wal"), "garbage".repeat(900));
    assertSetAside(killed);
  }

  @Test
  void an_empty_database_beside_a_log_is_noticed() throws IOException {
    Files.write(killed.resolve("outbox.db"), new byte[0]);
    assertSetAside(killed);
  }

  @Test
  void a_missing_database_beside_a_log_is_noticed() throws IOException {
    Files.delete(killed.resolve("outbox.db"));
    assertSetAside(killed);
  }

  @Test
  void an_empty_database_alone_is_begun_anew() throws IOException {
    Files.write(closed.resolve("outbox.db"), new byte[0]);
    try (SqliteOutbox outbox = open(closed)) {
      assertThat(outbox.id()).isNotEqualTo(id);
      assertThat(outbox.counts().recorded()).isZero();
    }
  }

  @Test
  void a_database_that_was_cut_is_set_aside() throws IOException {
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
    }
  }

  @Test
  void damage_that_shows_while_it_works_ends_it_and_the_next_one_sets_the_file_aside()
      throws IOException {
    Path place = folder.resolve("working");
    OutboxSettings settings = new OutboxSettings(OutboxLimits.DEFAULT, OFTEN_CARRIED_OVER);
    SqliteOutbox outbox = SqliteOutbox.open(place, settings, TIME);
    OutboxContract.append(outbox, 300);
    try (RandomAccessFile database =
        new RandomAccessFile(place.resolve("outbox.db").toFile(), "rw")) {
      database.write("garbage".repeat(20_000).getBytes(StandardCharsets.UTF_8));
    }
    assertThatThrownBy(() -> outbox.peek(0, 1_000)).isInstanceOf(OutboxException.class);
    await().until(() -> outbox.broken().isDone());
    assertThat(outbox.state()).isInstanceOf(OutboxState.Broken.class);
    assertThat(outbox.append(OutboxContract.occurrence(1))).failsWithin(Duration.ofSeconds(10));
    outbox.close();
    assertSetAside(place);
  }

  @Test
  void a_folder_that_cannot_be_written_to_is_refused_with_a_remedy() {
    assertThatThrownBy(() -> open(Path.of("/proc/outbox")))
        .isInstanceOf(OutboxException.class)
        .hasMessageContaining("/proc/outbox")
        .hasMessageContaining("writable");
  }

  private static void use(Path place) {
    try (SqliteOutbox outbox = open(place)) {
      outbox.peek(0, Integer.MAX_VALUE);
      outbox.lastStates();
      outbox.append(OutboxContract.occurrence(1)).orTimeout(10, TimeUnit.SECONDS).join();
    } catch (OutboxException e) {
      assertThat(e).message().isNotBlank();
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(OutboxException.class);
    }
  }

  private void assertWhole(Path place) {
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
