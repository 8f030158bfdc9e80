package io.gympulse.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gympulse.cloud.core.device.RawStore.RawKey;
import io.gympulse.cloud.core.queue.WorkSource.QueueSettings;
import io.gympulse.cloud.sqlite.DirectoryRawStore;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.cloud.sqlite.SqliteWorkQueue;
import io.gympulse.local.queue.DeadLetterFile;
import io.gympulse.process.DurableFile;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Stores and queues on a file system of 4 MB that is filled and freed. Mounting it needs root:
/// `-Dgympulse.smallDisk=true`.
@EnabledIfSystemProperty(named = "gympulse.smallDisk", matches = "true")
class SmallDiskTest {

  @TempDir private Path disk = Path.of("");

  @BeforeEach
  void mount() throws Exception {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()),
        "a file system cannot be mounted here");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk.toString());
  }

  @Test
  void the_store_reports_a_full_disk_and_works_again_afterwards() throws IOException {
    try (SqliteCloudStore store = SqliteCloudStore.open(disk.resolve("cloud.db"))) {
      failsWhileFull(store::probe, "full");
    }
  }

  @Test
  void the_queue_reports_a_full_disk_and_works_again_afterwards() throws IOException {
    try (SqliteWorkQueue queue =
        SqliteWorkQueue.open(
            disk.resolve("queue.db"), QueueSettings.standard("items"), ProcessClock.real())) {
      failsWhileFull(queue::probe, "full");
    }
  }

  @Test
  void dead_letters_raw_bodies_and_files_fail_with_a_message_and_leave_nothing_incomplete()
      throws IOException {
    DeadLetterFile letters = new DeadLetterFile(disk.resolve("letters"), ProcessClock.real());
    failsWhileFull(letters::probe, "No space left");
    DirectoryRawStore raw = new DirectoryRawStore(disk);
    RawKey key = new RawKey(LocalDate.of(2026, 5, 1), new UUID(1, 2));
    failsWhileFull(() -> raw.put(key, "x".repeat(20_000).getBytes(UTF_8)), "No space left");
    Path file = disk.resolve("file");
    DurableFile.write(file, "before");
    failsWhileFull(() -> DurableFile.write(file, "x".repeat(20_000)), "No space left");
  }

  private void failsWhileFull(ThrowingCallable work, String words) throws IOException {
    Path filling = disk.resolve("filling");
    try (OutputStream out = Files.newOutputStream(filling)) {
      while (true) {
        out.write(new byte[1_024]);
      }
    } catch (IOException e) {
      assertThatThrownBy(work).hasMessageContaining(words);
    }
    Files.delete(filling);
    assertThatCode(work).doesNotThrowAnyException();
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).start().waitFor() == 0;
  }
}
