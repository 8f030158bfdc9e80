package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// The outbox's file, seen by its only writer: changes that take effect together at [#commit].
/// For one thread, but for what is committed.
final class OutboxDatabase implements AutoCloseable {
  private final Connection connection;
  private final EventTable events;
  private final LedgerTable ledgers;
  private final ReadWriteLock identity = new ReentrantReadWriteLock();
  private volatile OutboxId id;
  private Optional<OutboxId> next = Optional.empty();
  private final Map<MachineId, Occurrence> states;
  private volatile Ledger committed;
  private Ledger ledger;

  /// Events appended since, which change nothing in the ledger but its counts: of a boot whose
  /// start is known, with wall time. Most are such, and they are the ones that come in bursts.
  private long fresh;

  private Optional<Boot> current = Optional.empty();
  private boolean restampDue;
  private boolean changed;
  private final AtomicLong commits = new AtomicLong();

  /// How many events are kept apart as their numbers are taken, as of the last change.
  private long taken;

  private volatile long committedTaken;

  /// @param connection to a file whose schema is in place, with automatic commit off
  OutboxDatabase(Connection connection) throws SQLException {
    this.connection = connection;
    this.events = new EventTable(connection);
    this.ledgers = new LedgerTable(connection);
    this.id = ledgers.id();
    this.committed = Rows.value(ledgers::read);
    this.ledger = committed;
    this.states = new ConcurrentHashMap<>(Rows.value(events::states));
    this.taken = events.taken();
    this.committedTaken = taken;
    connection.commit();
  }

  /// For any thread.
  OutboxId id() {
    return id;
  }

  /// Held while something is read that must not be of two outboxes. For any thread.
  Lock reading() {
    return identity.readLock();
  }

  /// Whether events are kept apart as their numbers are taken, as of the last commit. For any
  /// thread.
  boolean copied() {
    return committedTaken > 0;
  }

  /// As of the last commit. For any thread.
  Ledger committed() {
    return committed;
  }

  /// As of the last change.
  Ledger ledger() {
    if (fresh > 0) {
      ledger = ledger.with(ledger.counts().appended(fresh));
      fresh = 0;
    }
    return ledger;
  }

  /// Each machine's last durable occurrence. For any thread.
  Map<MachineId, Occurrence> states() {
    Boots boots = committed.boots();
    Map<MachineId, Occurrence> resolved = new HashMap<>(states);
    resolved.replaceAll((_, it) -> it.at(boots.resolved(it.stamp())));
    return resolved;
  }

  /// This is committed.
  void durable(Occurrence occurrence) {
    states.put(occurrence.machine(), occurrence);
  }

  HeldEvent append(Occurrence occurrence) throws SQLException {
    Stamp stamp = occurrence.stamp();
    if (current.isPresent() && stamp.wall().isPresent() && isOf(current.get(), stamp)) {
      fresh++;
      HeldEvent event = new HeldEvent(new Sequence(recorded()), occurrence);
      events.insert(event, current.get());
      return event;
    }
    restampDue |= ledger().toldBy(stamp).isPresent();
    Ledger heard = ledger().hearing(stamp);
    Boot boot = heard.boots().of(stamp);
    HeldEvent event = new HeldEvent(heard.next(), occurrence.at(boot.resolved(stamp)));
    events.insert(event, boot);
    ledger = heard.appended(event);
    restampDue |= ledger.stranded(event);
    current = Optional.of(boot).filter(it -> it.start().isPresent());
    return event;
  }

  private static boolean isOf(Boot boot, Stamp stamp) {
    return boot.id().value().equals(stamp.boot().value());
  }

  private long recorded() {
    return ledger.counts().recorded() + fresh;
  }

  /// Events that wait as of the last change.
  long waiting() {
    return ledger.counts().waiting() + fresh;
  }

  void acknowledge(List<SeqRange> ranges) throws SQLException {
    for (SeqRange given : ranges) {
      long last = Math.min(given.last().value(), ledger().counts().recorded());
      if (given.first().value() > last) {
        continue;
      }
      SeqRange range = SeqRange.of(given.first().value(), last);
      long present = 0;
      for (SeqRange part : ledger().noted().missingFrom(range)) {
        present += events.count(part);
      }
      if (present > 0) {
        ledger =
            ledger()
                .sent(range)
                .with(ledger().noted().with(range))
                .with(ledger().counts().removed(present));
      }
    }
  }

  /// Removes what is acknowledged, if these are so many at least.
  void remove(int least) throws SQLException {
    if (ledger().noted().size() < least) {
      return;
    }
    for (SeqRange range : ledger().noted().runs()) {
      reach(range);
      changed = true;
      events.delete(range);
    }
    ledger = ledger().with(SeqSet.EMPTY);
    saveLast();
  }

  void quarantine(Sequence seq, String reason) throws SQLException {
    if (ledger().noted().contains(seq.value())) {
      return;
    }
    reach(SeqRange.of(seq));
    if (events.setApart(seq, reason)) {
      ledger = ledger().sent(SeqRange.of(seq)).with(ledger().counts().setApart(1));
      taken += QuarantinedEvent.isTaken(reason) ? 1 : 0;
      changed = true;
      saveLast();
    }
  }

  long release(List<SeqRange> ranges) throws SQLException {
    long released = 0;
    for (SeqRange range : ranges) {
      ledger = ledger().with(ledger().noted().without(range));
      changed = true;
      released += events.release(range);
    }
    ledger = ledger().with(ledger().counts().setApart(-released));
    taken = events.taken();
    return released;
  }

  /// False if the outbox is copied and has no such number reserved.
  boolean reserve(Sequence last) {
    if (taken > 0 && last.value() > ledger().reserved()) {
      return false;
    }
    ledger = ledger().reservedAround(last);
    return true;
  }

  /// Gives all events numbers of a new outbox, if this one is copied and nothing waits that may
  /// have been sent. Returns whether it did.
  boolean renew() throws SQLException {
    remove(1);
    long mayBeSent = Math.min(ledger().reserved(), ledger().ready());
    if (taken == 0 || (mayBeSent > 0 && events.count(SeqRange.of(1, mayBeSent)) > 0)) {
      return false;
    }
    changed = true;
    long last = events.renumber();
    OutboxId renewed = OutboxId.random();
    ledgers.saveId(renewed);
    ledgers.saveLast(new Sequence(last));
    ledger =
        ledger().renewed(ledgers.counts(last), ledgers.lastApart(), ledgers.firstWithoutWall());
    taken = 0;
    next = Optional.of(renewed);
    return true;
  }

  long synchronised(BootId boot, Instant bootedAt) throws SQLException {
    ledger = ledger().with(ledger().boots().begun(boot, bootedAt));
    return restamp();
  }

  void markAlive(Stamp at) {
    ledger = ledger().aliveAt(at);
  }

  void keep(String name, byte[] document) throws SQLException {
    changed = true;
    events.keep(name, document);
  }

  void commit() throws SQLException {
    if (restampDue) {
      restamp();
    }
    changed |= events.flush();
    changed |= ledgers.save(committed, ledger());
    if (next.isEmpty()) {
      seal();
      return;
    }
    identity.writeLock().lock();
    try {
      seal();
      id = next.get();
      next = Optional.empty();
    } finally {
      identity.writeLock().unlock();
    }
  }

  private void seal() throws SQLException {
    connection.commit();
    if (changed) {
      commits.incrementAndGet();
    }
    changed = false;
    committed = ledger();
    committedTaken = taken;
  }

  /// Commits since the opening that changed the file. For any thread.
  long commits() {
    return commits.get();
  }

  /// Forgets everything since the last commit. SQLite may have done so by itself, as it does on a
  /// full or failing disk; the driver then has no transaction open.
  void rollback() throws SQLException {
    ledger = committed;
    fresh = 0;
    current = Optional.empty();
    restampDue = false;
    changed = false;
    taken = committedTaken;
    next = Optional.empty();
    try {
      connection.rollback();
    } catch (SQLException alreadyRolledBack) {
      try (Statement begin = connection.createStatement()) {
        begin.execute("BEGIN");
      }
    }
    events.forget();
  }

  /// Notes that the file is in use, in the database itself: if its write-ahead log is missing
  /// later, commits are missing. A full disk does not keep the outbox from being opened.
  void begin(boolean logIsThere) throws SQLException {
    if (ledgers.inUse() && !logIsThere) {
      throw Codes.damage("write-ahead log, and the outbox was not closed");
    }
    try {
      ledgers.use(true);
      ledger = ledger().with(ledgers.prune(ledger().boots()));
      connection.commit();
      committed = ledger;
      carryOver();
    } catch (SQLException e) {
      if (Failure.of(e) != Failure.FULL) {
        throw e;
      }
      rollback();
    }
  }

  private void carryOver() throws SQLException {
    connection.setAutoCommit(true);
    try (Statement checkpoint = connection.createStatement()) {
      checkpoint.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } finally {
      connection.setAutoCommit(false);
    }
  }

  /// Notes that nothing is left to be done, as the last thing before closing.
  void end() throws SQLException {
    ledgers.use(false);
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private long restamp() throws SQLException {
    restampDue = false;
    if (ledger().firstWithoutWall().isEmpty() && !ledger().boots().anyBygone()) {
      return 0;
    }
    Map<Integer, Boots.Span> spans = events.spans(SeqRange.of(1, Long.MAX_VALUE));
    Boots settled =
        Restamping.settled(
            ledger().boots(),
            it -> spans.getOrDefault(it.ordinal(), Boots.Span.START).including(it.last()));
    long restamped = 0;
    for (Boot boot : settled.inOrder()) {
      if (boot.start().isPresent()) {
        changed = true;
        restamped += events.restamp(boot, boot.start().get());
      }
    }
    ledger = ledger().restamped(settled, ledgers.firstWithoutWall());
    return restamped;
  }

  /// What events that go tell of the boots' ends outlives them.
  private void reach(SeqRange range) throws SQLException {
    Map<Integer, Boots.Span> spans = events.spans(range);
    for (Boot boot : ledger().boots().inOrder()) {
      Boots.Span span = spans.getOrDefault(boot.ordinal(), Boots.Span.START);
      ledger = ledger().with(ledger().boots().with(boot.reaching(span.last())));
    }
  }

  private void saveLast() throws SQLException {
    if (ledger().counts().recorded() > 0) {
      ledgers.saveLast(new Sequence(ledger().counts().recorded()));
    }
  }

  /// Coalesces events that were never sent, so many at most, the first after this number. Returns
  /// the last number it has looked at; empty if there is none to look at.
  Optional<Sequence> coalesce(long after, int limit) throws SQLException {
    long first = Math.max(after, ledger().reserved()) + 1;
    if (first > ledger().ready()) {
      return Optional.empty();
    }
    List<MachineEvent> all = events.read(SeqRange.of(first, ledger().ready()), limit);
    List<MachineEvent> left = Rows.value(() -> Coalescing.of(all));
    changed = true;
    events.coalesce(all, left);
    ledger = ledger().with(ledger().counts().coalesced(all.size() - left.size()));
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast().seq());
  }
}
