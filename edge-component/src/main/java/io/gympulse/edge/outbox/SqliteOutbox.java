package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.outbox.EventQueue.Counts;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import io.gympulse.process.ProcessClock;
import io.gympulse.process.ProcessLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An outbox in one SQLite file, in write-ahead mode with every commit flushed to the disk.
///
/// What is reported durable survives a kill of the process, and a loss of power as far as the disk
/// keeps what it reports as flushed. One thread writes, with group commit: calls made while a
/// commit runs share the next one. One process at a time may open the file.
///
/// A damaged file is moved aside (see [#setAside]) for a human to look at, and a new outbox with a
/// new id is created. The damaged file's events are not sent, as none of its content can be
/// trusted. If damage is found while the outbox works, it writes a marker beside the file and ends,
/// and the next process moves the file aside.
public final class SqliteOutbox implements Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteOutbox.class);

  private static final Duration LOCK_POLL = Duration.ofMillis(200);

  private final ProcessLock lock;
  private final Optional<Path> setAside;
  private final CommittedState committed;
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
    this.committed = opened.database().committed();
    this.reader = new OutboxReader(opened.reader());
    this.writer =
        new OutboxWriter(opened.database(), settings, time, marker, ProcessClock.real()::nanos);
  }

  /// Opens the outbox of this folder, or creates it, with [OutboxSettings#DEFAULT].
  public static SqliteOutbox open(Path folder, InstantSource time) {
    return open(folder, OutboxSettings.DEFAULT, time);
  }

  /// Opens the outbox of this folder, or creates it.
  ///
  /// @param time for the name of a damaged file, and for [Outbox.State.Retrying]
  /// @throws OutboxException if another process holds it, or the folder cannot be used
  public static SqliteOutbox open(Path folder, OutboxSettings settings, InstantSource time) {
    return open(folder, settings, time, Duration.ZERO);
  }

  /// Opens the outbox of this folder, or creates it, with [OutboxSettings#DEFAULT], and waits for
  /// another process to release it.
  ///
  /// @param lockWait how long at most
  public static SqliteOutbox open(Path folder, InstantSource time, Duration lockWait) {
    return open(folder, OutboxSettings.DEFAULT, time, lockWait);
  }

  private static SqliteOutbox open(
      Path folder, OutboxSettings settings, InstantSource time, Duration lockWait) {
    try {
      Files.createDirectories(folder);
      ProcessLock lock = locked(folder.resolve("outbox.lock"), lockWait);
      try {
        Path file = folder.resolve("outbox.db");
        OutboxFile outbox = new OutboxFile(file, settings.file());
        OutboxFile.Opened opened = outbox.open(time.instant());
        opened
            .setAside()
            .ifPresent(
                it -> LOG.error("outbox {} is damaged: moved to {}, new one created", file, it));
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

  private static ProcessLock locked(Path file, Duration lockWait) throws IOException {
    Optional<ProcessLock> lock = ProcessLock.take(file);
    if (lock.isEmpty() && lockWait.isPositive()) {
      LOG.warn(
          "another gateway process uses the outbox: waiting for its end, {} at most", lockWait);
      lock = takenWithin(lockWait, file);
    }
    return lock.orElseThrow(
        () ->
            new OutboxException(
                ("the outbox is in use by another gateway process (lock %s): end that process,"
                        + " or give this one its own dataDir")
                    .formatted(file)));
  }

  private static Optional<ProcessLock> takenWithin(Duration lockWait, Path file)
      throws IOException {
    LongSupplier nanos = ProcessClock.real()::nanos;
    long end = nanos.getAsLong() + lockWait.toNanos();
    Optional<ProcessLock> lock = Optional.empty();
    while (lock.isEmpty() && nanos.getAsLong() - end < 0) {
      LockSupport.parkNanos(LOCK_POLL.toNanos());
      lock = ProcessLock.take(file);
    }
    return lock;
  }

  /// Where a damaged file was moved when this outbox was opened.
  public Optional<Path> setAside() {
    return setAside;
  }

  /// Completes with the reason once the outbox has ended without being closed: all waiting calls
  /// have failed, and every later one fails. Only a new process can continue. Never completes
  /// otherwise.
  public CompletableFuture<OutboxException> broken() {
    return writer.broken().copy();
  }

  /// Checkpoints flush in addition.
  @Override
  public long commits() {
    return committed.commits();
  }

  @Override
  public OutboxId id() {
    return committed.metadata().id();
  }

  @Override
  public CompletableFuture<Sequence> append(Occurrence occurrence) {
    return submitted(done -> new WriteCommand.Append(occurrence, done));
  }

  @Override
  public List<MachineEvent> peek(long after, int limit) {
    return read(() -> reader.peek(committed.metadata(), after, limit));
  }

  @Override
  public long lastReady() {
    return committed.metadata().lastReady();
  }

  @Override
  public CompletableFuture<Void> reserve(Sequence last) {
    return last.value() <= committed.metadata().lastReserved()
        ? CompletableFuture.completedFuture(null)
        : submitted(done -> new WriteCommand.Reserve(last, done));
  }

  @Override
  public long lastReserved() {
    return committed.metadata().lastReserved();
  }

  @Override
  public boolean hasConflict() {
    return committed.metadata().hasConflict();
  }

  @Override
  public CompletableFuture<Boolean> renumber() {
    return submitted(WriteCommand.Renumber::new);
  }

  @Override
  public CompletableFuture<Void> acknowledge(List<SeqRange> ranges) {
    List<SeqRange> copy = List.copyOf(ranges);
    return submitted(done -> new WriteCommand.Acknowledge(copy, done));
  }

  @Override
  public CompletableFuture<Void> quarantine(Sequence seq, String reason) {
    return submitted(done -> new WriteCommand.Quarantine(seq, reason, done));
  }

  @Override
  public List<QuarantinedEvent> quarantined() {
    return read(reader::quarantined);
  }

  @Override
  public CompletableFuture<Long> release(List<SeqRange> ranges) {
    List<SeqRange> copy = List.copyOf(ranges);
    return submitted(done -> new WriteCommand.Release(copy, done));
  }

  @Override
  public CompletableFuture<Long> setBootTime(BootId boot, Instant bootedAt) {
    return submitted(done -> new WriteCommand.SetBootTime(boot, bootedAt, done));
  }

  @Override
  public CompletableFuture<Void> markAlive(Stamp at) {
    return submitted(done -> new WriteCommand.MarkAlive(at, done));
  }

  @Override
  public Optional<Stamp> lastAlive() {
    return committed.metadata().lastAlive();
  }

  @Override
  public Map<MachineId, Occurrence> lastStates() {
    return committed.lastStates();
  }

  @Override
  public Counts counts() {
    return committed.metadata().counts();
  }

  @Override
  public Unacknowledged unacknowledged(int limit) {
    return read(() -> reader.unacknowledged(committed.metadata(), limit));
  }

  @Override
  public State state() {
    return writer.state();
  }

  @Override
  public CompletableFuture<Void> putDocument(String name, byte[] content) {
    ByteBuffer copy = ByteBuffer.wrap(content.clone());
    return submitted(done -> new WriteCommand.PutDocument(name, copy, done));
  }

  @Override
  public Optional<byte[]> document(String name) {
    return read(() -> reader.document(name));
  }

  /// If not everything could be written, the reader's connection stays open until the process ends:
  /// on closing the last connection, SQLite would checkpoint and delete the write-ahead log, and
  /// the next opening would take its absence for damage.
  @Override
  public void close() {
    writer.close();
    try {
      if (writer.closedCleanly()) {
        reader.close();
      }
      lock.close();
    } catch (SQLException | IOException e) {
      throw new OutboxException("the outbox cannot be closed: " + e.getMessage(), e);
    }
  }

  private <T> CompletableFuture<T> submitted(Function<CompletableFuture<T>, WriteCommand> call) {
    CompletableFuture<T> done = new CompletableFuture<>();
    writer.submit(call.apply(done));
    return done;
  }

  private interface Reading<T> {
    T read() throws SQLException;
  }

  private <T> T read(Reading<T> reading) {
    Lock reads = committed.readLock();
    reads.lock();
    try {
      return reading.read();
    } catch (SQLException e) {
      if (SqliteFailure.of(e) == SqliteFailure.CORRUPT) {
        marker.write(e);
        writer.submit(new WriteCommand.ReportDamage(e, new CompletableFuture<>()));
      }
      throw new OutboxException("the outbox cannot be read: " + e.getMessage(), e);
    } finally {
      reads.unlock();
    }
  }
}
