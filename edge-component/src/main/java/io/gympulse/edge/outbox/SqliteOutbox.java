package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import io.gympulse.process.ProcessClock;
import io.gympulse.process.ProcessLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An outbox in one SQLite file, in write-ahead mode with every commit flushed to the disk.
///
/// What has returned survives a kill of the process; it survives a loss of power as far as the disk
/// keeps what it says it has flushed. One thread writes: what is called while a commit runs shares
/// the next one. One process at a time may open the file. A damaged file is set aside and a new
/// outbox, with a new id, begun: what it held is not sent, as nothing in it can be trusted; it
/// stays where [#setAside] tells, for a human to look at. If damage shows while the outbox works,
/// it leaves a marker beside the file and ends, and the next process sets the file aside.
public final class SqliteOutbox implements Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteOutbox.class);

  private final ProcessLock lock;
  private final Optional<Path> setAside;
  private final OutboxDatabase database;
  private final OutboxReader reader;
  private final OutboxWriter writer;
  private final DamageMarker marker;

  private SqliteOutbox(
      ProcessLock lock,
      OutboxFile.Opened opened,
      DamageMarker marker,
      OutboxSettings settings,
      InstantSource time)
      throws SQLException {
    this.lock = lock;
    this.marker = marker;
    this.setAside = opened.setAside();
    this.database = opened.database();
    this.reader = new OutboxReader(opened.reader());
    this.writer = new OutboxWriter(database, settings, time, marker, ProcessClock.real()::nanos);
  }

  /// Opens the outbox of this folder, or makes it, as usual.
  public static SqliteOutbox open(Path folder, InstantSource time) {
    return open(folder, OutboxSettings.DEFAULT, time);
  }

  /// Opens the outbox of this folder, or makes it.
  ///
  /// @param time names a damaged file that is set aside, and says since when a disk refuses
  /// @throws OutboxException if another process holds it, or the folder cannot be used
  public static SqliteOutbox open(Path folder, OutboxSettings settings, InstantSource time) {
    try {
      Files.createDirectories(folder);
      ProcessLock lock = locked(folder.resolve("outbox.lock"));
      try {
        Path file = folder.resolve("outbox.db");
        OutboxFile outbox = new OutboxFile(file, settings.file());
        OutboxFile.Opened opened = outbox.open(time.instant());
        opened
            .setAside()
            .ifPresent(
                it -> LOG.error("outbox {} is damaged: kept as {}, new one begun", file, it));
        return new SqliteOutbox(lock, opened, outbox.marker(), settings, time);
      } catch (SQLException | IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (SQLException | IOException e) {
      throw new OutboxException(
          ("the outbox in %s cannot be opened (%s): make this folder writable and see that its disk has"
                  + " room, or give the gateway another dataDir")
              .formatted(folder, e),
          e);
    }
  }

  private static ProcessLock locked(Path file) throws IOException {
    return ProcessLock.take(file)
        .orElseThrow(
            () ->
                new OutboxException(
                    ("the outbox is in use by another gateway process (lock %s): end that process,"
                            + " or give this one its own dataDir")
                        .formatted(file)));
  }

  /// Where a damaged file was put when this outbox was opened.
  public Optional<Path> setAside() {
    return setAside;
  }

  /// Completes with the reason once the outbox has ended without being closed: all that waited has
  /// failed, and every later call fails. Only a new process can go on. Never completes otherwise.
  public CompletableFuture<OutboxException> broken() {
    return writer.broken().copy();
  }

  /// Transactions that have changed the file since it was opened. Each was flushed to the disk
  /// once; what is flushed when the write-ahead log is carried over comes on top.
  public long commits() {
    return database.commits();
  }

  @Override
  public OutboxId id() {
    return database.id();
  }

  @Override
  public CompletableFuture<Sequence> append(Occurrence occurrence) {
    return submitted(done -> new Write.Append(occurrence, done));
  }

  @Override
  public List<MachineEvent> peek(long after, int limit) {
    return read(() -> reader.peek(database.committed(), after, limit));
  }

  @Override
  public long ready() {
    return database.committed().ready();
  }

  @Override
  public CompletableFuture<Void> reserve(Sequence last) {
    return last.value() <= database.committed().reserved()
        ? CompletableFuture.completedFuture(null)
        : submitted(done -> new Write.Reserve(last, done));
  }

  @Override
  public long reserved() {
    return database.committed().reserved();
  }

  @Override
  public boolean copied() {
    return database.copied();
  }

  @Override
  public CompletableFuture<Boolean> renew() {
    return submitted(Write.Renew::new);
  }

  @Override
  public CompletableFuture<Void> acknowledge(List<SeqRange> ranges) {
    List<SeqRange> copy = List.copyOf(ranges);
    return submitted(done -> new Write.Acknowledge(copy, done));
  }

  @Override
  public CompletableFuture<Void> quarantine(Sequence seq, String reason) {
    return submitted(done -> new Write.Quarantine(seq, reason, done));
  }

  @Override
  public List<QuarantinedEvent> quarantined() {
    return read(reader::quarantined);
  }

  @Override
  public CompletableFuture<Long> release(List<SeqRange> ranges) {
    List<SeqRange> copy = List.copyOf(ranges);
    return submitted(done -> new Write.Release(copy, done));
  }

  @Override
  public CompletableFuture<Long> synchronised(BootId boot, Instant bootedAt) {
    return submitted(done -> new Write.Synchronised(boot, bootedAt, done));
  }

  @Override
  public CompletableFuture<Void> markAlive(Stamp at) {
    return submitted(done -> new Write.MarkAlive(at, done));
  }

  @Override
  public Optional<Stamp> lastAlive() {
    return database.committed().lastAlive();
  }

  @Override
  public Map<MachineId, Occurrence> lastStates() {
    return database.states();
  }

  @Override
  public OutboxCounts counts() {
    return database.committed().counts();
  }

  @Override
  public Unstored unstored(int most) {
    return read(() -> reader.unstored(database.committed(), most));
  }

  @Override
  public OutboxState state() {
    return writer.state();
  }

  @Override
  public CompletableFuture<Void> keep(String name, byte[] document) {
    ByteBuffer copy = ByteBuffer.wrap(document.clone());
    return submitted(done -> new Write.Keep(name, copy, done));
  }

  @Override
  public Optional<byte[]> kept(String name) {
    return read(() -> reader.kept(name));
  }

  /// If not everything could be written, the reading connection stays open until the process ends:
  /// with the last one, SQLite would carry the write-ahead log over and delete it, and its absence
  /// would be taken for damage.
  @Override
  public void close() {
    writer.close();
    try {
      if (writer.isDone()) {
        reader.close();
      }
      lock.close();
    } catch (SQLException | IOException e) {
      throw new OutboxException("the outbox cannot be closed: " + e.getMessage(), e);
    }
  }

  private <T> CompletableFuture<T> submitted(Function<CompletableFuture<T>, Write> call) {
    CompletableFuture<T> done = new CompletableFuture<>();
    writer.submit(call.apply(done));
    return done;
  }

  private interface Reading<T> {
    T read() throws SQLException;
  }

  private <T> T read(Reading<T> reading) {
    Lock reads = database.reading();
    reads.lock();
    try {
      return reading.read();
    } catch (SQLException e) {
      if (Failure.of(e) == Failure.DAMAGE) {
        marker.leave(e);
        writer.submit(new Write.Damaged(e, new CompletableFuture<>()));
      }
      throw new OutboxException("the outbox cannot be read: " + e.getMessage(), e);
    } finally {
      reads.unlock();
    }
  }
}
