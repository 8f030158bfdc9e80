package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.outbox.EventQueue.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a real file system of half a megabyte; skipped where none can be mounted.
class FullDiskTest {
  private static final InstantSource TIME = InstantSource.fixed(OutboxContract.NOON);
  private static final int EVENTS = 5_000;

  @TempDir private Path folder;
  private Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    disk = Files.createDirectories(folder.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk.toString());
    assumeTrue(mounted, "no right to mount");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      run("umount", "-l", disk.toString());
    }
  }

  @Test
  void events_appended_on_a_full_disk_are_durable_once_there_is_room() throws IOException {
    Path filler = disk.resolve("filler");
    try (SqliteOutbox outbox = SqliteOutbox.open(disk, TIME)) {
      fill(filler);
      List<CompletableFuture<Sequence>> appends = appendAll(outbox);
      await().until(() -> outbox.state() instanceof Outbox.State.Retrying);
      Files.delete(filler);
      await().until(() -> appends.getLast().isDone());
      assertThat(outbox.peek(0, Integer.MAX_VALUE)).hasSize(EVENTS);
    }
  }

  @Test
  void an_outbox_opens_on_a_full_disk_and_continues_once_there_is_room() throws IOException {
    Path filler = disk.resolve("filler");
    try (SqliteOutbox outbox = SqliteOutbox.open(disk, TIME)) {
      OutboxContract.append(outbox, 10);
      Files.copy(disk.resolve("outbox.db"), folder.resolve("outbox.db"));
      Files.copy(disk.resolve("outbox.db-wal"), folder.resolve("outbox.db-wal"));
    }
    Files.copy(folder.resolve("outbox.db-wal"), disk.resolve("outbox.db-wal"));
    Files.delete(disk.resolve("outbox.db"));
    Files.copy(folder.resolve("outbox.db"), disk.resolve("outbox.db"));
    leaveRoomForIndexOnly(filler);
    try (SqliteOutbox outbox = SqliteOutbox.open(disk, TIME)) {
      assertThat(outbox.peek(0, 100)).hasSize(10);
      List<CompletableFuture<Sequence>> appends = appendAll(outbox);
      await().until(() -> outbox.state() instanceof Outbox.State.Retrying);
      Files.delete(filler);
      await().until(() -> appends.getLast().isDone());
      assertThat(outbox.counts()).isEqualTo(new Counts(EVENTS + 10, EVENTS + 10, 0, 0));
    }
  }

  @Test
  void an_outbox_that_was_closed_on_a_full_disk_is_complete_once_there_is_room()
      throws IOException {
    Path filler = disk.resolve("filler");
    SqliteOutbox first = SqliteOutbox.open(disk, TIME);
    OutboxContract.append(first, 10);
    fill(filler);
    List<CompletableFuture<Sequence>> appends = appendAll(first);
    await().until(() -> first.state() instanceof Outbox.State.Retrying);
    first.close();
    assertThat(appends.getLast()).isCompletedExceptionally();
    Files.delete(filler);
    try (SqliteOutbox second = SqliteOutbox.open(disk, TIME)) {
      assertThat(second.setAside()).isEmpty();
      assertThat(second.peek(0, 10)).hasSize(10);
      OutboxAudit.check(second, Set.of(1L, 10L), Set.of());
    }
  }

  private static List<CompletableFuture<Sequence>> appendAll(SqliteOutbox outbox) {
    List<CompletableFuture<Sequence>> appends = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      appends.add(outbox.append(OutboxContract.occurrence(i)));
    }
    return appends;
  }

  /// SQLite needs 32 KB for the memory that its connections share, as a file beside the database.
  private static void leaveRoomForIndexOnly(Path filler) throws IOException {
    fill(filler);
    byte[] all = Files.readAllBytes(filler);
    Files.write(filler, Arrays.copyOf(all, Math.max(0, all.length - 36_864)));
  }

  private static void fill(Path filler) throws IOException {
    try (var out = Files.newOutputStream(filler)) {
      byte[] page = new byte[4_096];
      while (true) {
        out.write(page);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
