package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.outbox.Boots.Boot;
import io.gympulse.edge.outbox.OutboxMetadata.SequenceSet;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The writer's side of the outbox's file: changes that take effect together at [#commit]. For one
/// thread; what is committed is in [#committed].
final class OutboxDatabase implements AutoCloseable {
  private final Connection connection;
  private final EventTable events;
  private final MetadataTable metadataTable;
  private final CommittedState committed;
  private OutboxMetadata metadata;

  /// Appended events that are in the counts only, not in [#metadata] yet: they have wall time, and
  /// the start of their boot is known. Most events are such, and bursts consist of them.
  private long pendingAppends;

  /// The boot of the last appended event, if its start is known.
  private Optional<Boot> lastBoot = Optional.empty();

  private boolean restampDue;
  private boolean changed;

  /// @param connection to a file with its tables, with automatic commit off
  OutboxDatabase(Connection connection) throws SQLException {
    this.connection = connection;
    this.events = new EventTable(connection);
    this.metadataTable = new MetadataTable(connection);
    this.metadata = RowMapper.value(metadataTable::read);
    this.committed = new CommittedState(metadata, RowMapper.value(events::states));
    connection.commit();
  }

  /// The state as of the last commit. For any thread.
  CommittedState committed() {
    return committed;
  }

  /// The metadata as of the last change.
  OutboxMetadata metadata() {
    if (pendingAppends > 0) {
      metadata = metadata.with(metadata.counts().appended(pendingAppends));
      pendingAppends = 0;
    }
    return metadata;
  }

  /// Waiting events as of the last change.
  long waiting() {
    return metadata.counts().waiting() + pendingAppends;
  }

  /// The number of the last appended event, as of the last change.
  Sequence lastSeq() {
    return new Sequence(metadata.counts().recorded() + pendingAppends);
  }

  /// Appends an event under the next number, which is then [#lastSeq]. Returns the occurrence as
  /// stored, with its wall time if that is known.
  Occurrence append(Occurrence occurrence) throws SQLException {
    Stamp stamp = occurrence.stamp();
    if (lastBoot.isPresent() && stamp.wall().isPresent() && isOf(lastBoot.get(), stamp)) {
      pendingAppends++;
      events.insert(lastSeq(), occurrence, lastBoot.get());
      return occurrence;
    }
    restampDue |= metadata().newBootTime(stamp).isPresent();
    OutboxMetadata observed = metadata().observing(stamp);
    Boot boot = observed.boots().of(stamp);
    Occurrence stored = occurrence.at(boot.resolved(stamp));
    events.insert(observed.nextSeq(), stored, boot);
    metadata = observed.appended(stored);
    restampDue |= metadata.needsEstimate(stored);
    lastBoot = Optional.of(boot).filter(it -> it.start().isPresent());
    return stored;
  }

  private static boolean isOf(Boot boot, Stamp stamp) {
    return boot.id().value().equals(stamp.boot().value());
  }

  void acknowledge(List<SeqRange> ranges) throws SQLException {
    for (SeqRange given : ranges) {
      long last = Math.min(given.last().value(), metadata().counts().recorded());
      if (given.first().value() > last) {
        continue;
      }
      SeqRange range = SeqRange.of(given.first().value(), last);
      long present = 0;
      for (SeqRange part : metadata().acknowledged().missingFrom(range)) {
        present += events.count(part);
      }
      if (present > 0) {
        metadata =
            metadata()
                .sent(range)
                .withAcknowledged(metadata().acknowledged().with(range))
                .with(metadata().counts().acknowledged(present));
      }
    }
  }

  /// Deletes the acknowledged events if there are at least `minimum`.
  void deleteAcknowledged(int minimum) throws SQLException {
    if (metadata().acknowledged().size() < minimum) {
      return;
    }
    for (SeqRange range : metadata().acknowledged().runs()) {
      extendBoots(range);
      changed = true;
      events.delete(range);
    }
    metadata = metadata().withAcknowledged(SequenceSet.EMPTY);
    saveLastSeq();
  }

  void quarantine(Sequence seq, String reason) throws SQLException {
    if (metadata().acknowledged().contains(seq.value())) {
      return;
    }
    extendBoots(SeqRange.of(seq));
    if (events.quarantine(seq, reason)) {
      metadata = metadata().quarantined(seq, reason);
      changed = true;
      saveLastSeq();
    }
  }

  long release(List<SeqRange> ranges) throws SQLException {
    long released = 0;
    for (SeqRange range : ranges) {
      metadata = metadata().withAcknowledged(metadata().acknowledged().without(range));
      changed = true;
      released += events.release(range);
    }
    metadata =
        metadata()
            .with(metadata().counts().quarantined(-released))
            .withConflicts(metadataTable.conflicts());
    return released;
  }

  /// False if the outbox has a conflict and this number is not reserved yet.
  boolean reserve(Sequence last) {
    if (metadata().hasConflict() && last.value() > metadata().lastReserved()) {
      return false;
    }
    metadata = metadata().reservedAtLeast(last);
    return true;
  }

  /// Gives all events the numbers of a new outbox, if this one has a conflict and no event waits
  /// that may have been sent. Returns whether it did.
  boolean renumber() throws SQLException {
    deleteAcknowledged(1);
    long sendable = metadata().lastSendable();
    if (!metadata().hasConflict() || (sendable > 0 && events.count(SeqRange.of(1, sendable)) > 0)) {
      return false;
    }
    changed = true;
    long last = events.renumber();
    OutboxId id = OutboxId.random();
    metadataTable.saveId(id);
    metadataTable.saveLastSeq(new Sequence(last));
    metadata =
        metadata()
            .renumbered(
                id,
                metadataTable.countsOfNew(last),
                metadataTable.lastQuarantined(),
                metadataTable.firstWithoutWall());
    return true;
  }

  /// Coalesces at most `limit` events that were never sent, from the first one after this number
  /// on. Returns the last number that it has read; empty if there is none to read.
  Optional<Sequence> coalesce(long after, int limit) throws SQLException {
    long first = Math.max(after, metadata().lastReserved()) + 1;
    if (first > metadata().lastReady()) {
      return Optional.empty();
    }
    List<MachineEvent> all = events.read(SeqRange.of(first, metadata().lastReady()), limit);
    List<MachineEvent> left = RowMapper.value(() -> Coalescing.of(all));
    changed = true;
    events.coalesce(all, left);
    metadata = metadata().with(metadata().counts().coalesced(all.size() - left.size()));
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast().seq());
  }

  long setBootTime(BootId boot, Instant bootedAt) throws SQLException {
    metadata = metadata().with(metadata().boots().withStart(boot, bootedAt));
    return restamp();
  }

  void markAlive(Stamp at) {
    metadata = metadata().aliveAt(at);
  }

  void putDocument(String name, byte[] content) throws SQLException {
    changed = true;
    events.putDocument(name, content);
  }

  void commit() throws SQLException {
    if (restampDue) {
      restamp();
    }
    changed |= events.flush();
    changed |= metadataTable.save(committed.metadata(), metadata());
    committed.publish(metadata(), changed, connection::commit);
    changed = false;
  }

  /// Undoes all changes since the last commit. SQLite may have done so by itself, as it does on a
  /// full or failing disk; the driver then has no transaction open.
  void rollback() throws SQLException {
    metadata = committed.metadata();
    pendingAppends = 0;
    lastBoot = Optional.empty();
    restampDue = false;
    changed = false;
    try {
      connection.rollback();
    } catch (SQLException alreadyRolledBack) {
      try (Statement begin = connection.createStatement()) {
        begin.execute("BEGIN");
      }
    }
    events.reset();
  }

  /// Marks the file as in use, in the database itself: if its write-ahead log is missing at the
  /// next opening, commits are missing. A full disk does not keep the outbox from being opened.
  ///
  /// @param logExists whether the write-ahead log existed before this opening
  void open(boolean logExists) throws SQLException {
    if (metadataTable.inUse() && !logExists) {
      throw SqliteFailure.corrupt("no write-ahead log, and the outbox was not closed");
    }
    try {
      metadataTable.setInUse(true);
      metadata = metadata().with(metadataTable.prune(metadata().boots()));
      committed.publish(metadata, false, connection::commit);
      checkpoint();
    } catch (SQLException e) {
      if (SqliteFailure.of(e) != SqliteFailure.DISK_FULL) {
        throw e;
      }
      rollback();
    }
  }

  private void checkpoint() throws SQLException {
    connection.setAutoCommit(true);
    try (Statement checkpoint = connection.createStatement()) {
      checkpoint.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } finally {
      connection.setAutoCommit(false);
    }
  }

  /// Marks the file as closed, as the last thing before [#close].
  void markClosed() throws SQLException {
    metadataTable.setInUse(false);
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private long restamp() throws SQLException {
    restampDue = false;
    if (metadata().firstWithoutWall().isEmpty() && !metadata().boots().anyEndedUnsynchronised()) {
      return 0;
    }
    Map<Integer, Boots.Span> spans = events.spans(SeqRange.of(1, Long.MAX_VALUE));
    Boots estimated =
        metadata()
            .boots()
            .estimated(
                it -> spans.getOrDefault(it.ordinal(), Boots.Span.START).including(it.last()));
    long restamped = 0;
    for (Boot boot : estimated.inOrder()) {
      if (boot.start().isPresent()) {
        changed = true;
        restamped += events.restamp(boot, boot.start().get());
      }
    }
    metadata = metadata().restamped(estimated, metadataTable.firstWithoutWall());
    return restamped;
  }

  /// Keeps the last moments of boots that only the events of this range give, before those leave
  /// the queue.
  private void extendBoots(SeqRange range) throws SQLException {
    Map<Integer, Boots.Span> spans = events.spans(range);
    for (Boot boot : metadata().boots().inOrder()) {
      Boots.Span span = spans.getOrDefault(boot.ordinal(), Boots.Span.START);
      metadata = metadata().with(metadata().boots().with(boot.lastingAtLeast(span.last())));
    }
  }

  private void saveLastSeq() throws SQLException {
    if (metadata().counts().recorded() > 0) {
      metadataTable.saveLastSeq(new Sequence(metadata().counts().recorded()));
    }
  }
}
