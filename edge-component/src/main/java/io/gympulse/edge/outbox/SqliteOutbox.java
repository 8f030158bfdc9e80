package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An outbox in one SQLite file, in write-ahead mode with every commit flushed to the disk.
///
/// What has returned survives a kill of the process; it survives a loss of power as far as the disk
/// keeps what it says it has flushed. One thread writes: what is called while a commit runs shares
/// the next one. One process at a time may open the file. A damaged file is set aside and a new
/// outbox, with a new id, begun.
public final class SqliteOutbox implements Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteOutbox.class);

  private final OutboxLock lock;
  private final OutboxId id;
  private final Optional<Path> setAside;
  private final OutboxReader reader;
  private final OutboxWriter writer;
  private final Map<MachineId, MachineState> states;

  private SqliteOutbox(OutboxLock lock, OutboxFile.Opened opened) throws SQLException {
    this.lock = lock;
    this.id = opened.database().id();
    this.setAside = opened.setAside();
    this.reader = new OutboxReader(opened.reader());
    this.states = new ConcurrentHashMap<>(opened.database().statesAtOpening());
    this.writer = new OutboxWriter(opened.database(), this::appended);
  }

  /// Opens the outbox of this folder, or makes it.
  ///
  /// @param time names a damaged file that is set aside
  /// @throws OutboxException if another process holds it, or the folder cannot be used
  public static SqliteOutbox open(Path folder, InstantSource time) {
    try {
      Files.createDirectories(folder);
      OutboxLock lock = OutboxLock.acquire(folder.resolve("outbox.lock"));
      try {
        Path file = folder.resolve("outbox.db");
        OutboxFile.Opened opened = new OutboxFile(file).open(time.instant());
        opened
            .setAside()
            .ifPresent(
                it -> LOG.error("outbox {} is damaged: kept as {}, new one begun", file, it));
        return new SqliteOutbox(lock, opened);
      } catch (SQLException | IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (SQLException | IOException e) {
      throw new OutboxException(
          "the outbox in %s cannot be opened: %s".formatted(folder, e.getMessage()), e);
    }
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

  @Override
  public OutboxId id() {
    return id;
  }

  @Override
  public CompletableFuture<Sequence> append(Occurrence occurrence) {
    CompletableFuture<Sequence> done = new CompletableFuture<>();
    writer.submit(new Write.Append(occurrence, done));
    return done;
  }

  @Override
  public List<MachineEvent> peek(long after, int limit) {
    try {
      return reader.peek(after, limit);
    } catch (SQLException e) {
      throw new OutboxException("the outbox cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public CompletableFuture<Void> acknowledge(List<SeqRange> ranges) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    writer.submit(new Write.Acknowledge(List.copyOf(ranges), done));
    return done;
  }

  @Override
  public CompletableFuture<Void> quarantine(Sequence seq, String reason) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    writer.submit(new Write.Quarantine(seq, reason, done));
    return done;
  }

  @Override
  public CompletableFuture<Void> markAlive(Instant at) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    writer.submit(new Write.MarkAlive(at, done));
    return done;
  }

  @Override
  public Optional<Instant> lastAlive() {
    return writer.lastAlive();
  }

  @Override
  public Map<MachineId, MachineState> lastStates() {
    return Map.copyOf(states);
  }

  @Override
  public OutboxCounts counts() {
    return writer.counts();
  }

  private void appended(MachineEvent event) {
    states.put(
        event.machine(),
        new MachineState(event.machine(), event.status(), event.at(), event.reason()));
  }

  @Override
  public void close() {
    writer.close();
    try {
      reader.close();
      lock.close();
    } catch (SQLException | IOException e) {
      throw new OutboxException("the outbox cannot be closed: " + e.getMessage(), e);
    }
  }
}
