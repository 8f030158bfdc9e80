package io.gympulse.bench.powerloss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gympulse.bench.powerloss.DiskRecording.Step;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.outbox.SqliteOutbox;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Data is flushed to disk before a guarantee is given: checked by the calls to the operating
/// system.
class FlushTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final int GUARANTEES = 20;
  private static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("g"), new GatewayId("g-gw"));
  private static final OutboxId OUTBOX = OutboxId.random();

  @TempDir private Path temporary;
  private Path folder = Path.of(".");

  @BeforeEach
  void loadSqlite() throws IOException {
    folder = temporary.toRealPath();
    SqliteOutbox.open(folder.resolve("first"), InstantSource.system()).close();
    assumeTrue(SqliteSyscalls.isPossible());
  }

  @Test
  void each_event_s_append_returns_after_a_flush_of_its_own() throws IOException {
    try (SqliteOutbox outbox = SqliteOutbox.open(folder, InstantSource.fixed(NOON))) {
      DiskRecording recording = new DiskRecording(folder);
      try (SqliteSyscalls _ = SqliteSyscalls.listen(recording)) {
        for (int i = 0; i < GUARANTEES; i++) {
          outbox.append(occurrence(i)).join();
          recording.mark(i);
        }
      }
      assertFlushedBeforeEachMark(recording, "outbox.db-wal");
    }
  }

  @Test
  void each_batch_is_flushed_before_it_counts_as_stored() throws IOException {
    try (SqliteCloudStore store = SqliteCloudStore.open(folder.resolve("cloud.db"))) {
      DiskRecording recording = new DiskRecording(folder);
      try (SqliteSyscalls _ = SqliteSyscalls.listen(recording)) {
        for (int i = 1; i <= GUARANTEES; i++) {
          store.events().store(GATEWAY, OUTBOX, List.of(event(i)));
          recording.mark(i);
        }
      }
      assertFlushedBeforeEachMark(recording, "cloud.db-wal");
    }
  }

  @Test
  void a_loss_of_power_between_a_write_and_its_flush_may_leave_any_part_of_it() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    disk.apply(new Step.Write("a", 0, ByteBuffer.wrap(new byte[] {1, 1})));
    disk.apply(new Step.Flush("a"));
    disk.apply(new Step.FlushFolder());
    disk.apply(new Step.Write("a", 0, ByteBuffer.wrap(new byte[] {2, 2, 2})));
    Set<String> seen = new TreeSet<>();
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      disk.writeState(random, folder);
      seen.add(HexFormat.of().formatHex(Files.readAllBytes(folder.resolve("a"))));
    }
    assertThat(seen).containsExactly("0101", "010100", "020202");
  }

  private static void assertFlushedBeforeEachMark(DiskRecording recording, String log) {
    boolean flushed = false;
    int marks = 0;
    for (Step step : recording.steps()) {
      if (step instanceof Step.Write it && it.file().equals(log)) {
        flushed = false;
      } else if (step.equals(new Step.Flush(log))) {
        flushed = true;
      } else if (step instanceof Step.Mark) {
        assertThat(flushed).as("flushed before guarantee %d", marks).isTrue();
        marks++;
      }
    }
    assertThat(marks).isEqualTo(GUARANTEES);
    assertThat(recording.flushes(log)).isGreaterThanOrEqualTo(GUARANTEES);
  }

  private static MachineEvent event(long seq) {
    return new MachineEvent(
        new Sequence(seq),
        new MachineId("bike"),
        MachineStatus.FREE,
        Optional.empty(),
        NOON.plusSeconds(seq),
        TimeQuality.SYNCED);
  }

  private static Occurrence occurrence(int number) {
    return new Occurrence(
        new MachineId("bike"),
        number % 2 == 0 ? MachineStatus.OCCUPIED : MachineStatus.FREE,
        Optional.empty(),
        new Stamp(
            new BootId("boot"),
            Duration.ofSeconds(number),
            Optional.of(new Stamp.Wall(NOON.plusSeconds(number), TimeQuality.SYNCED))));
  }
}
