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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The outbox's file, seen by its only writer: changes that take effect together at [#commit].
/// For one thread, but for what is committed.
final class OutboxDatabase implements AutoCloseable {
  private final Connection connection;
  private final EventTable events;
  private final LedgerTable ledgers;
  private final OutboxId id;
  private final Map<MachineId, Occurrence> statesAtOpening;
  private volatile Ledger committed;
  private Ledger ledger;
  private boolean restampDue;

  /// @param connection to a file whose schema is in place, with automatic commit off
  OutboxDatabase(Connection connection) throws SQLException {
    this.connection = connection;
    this.events = new EventTable(connection);
    this.ledgers = new LedgerTable(connection);
    this.id = ledgers.id();
    this.committed = ledgers.read();
    this.ledger = committed;
    this.statesAtOpening = events.states();
    connection.commit();
  }

  OutboxId id() {
    return id;
  }

  /// As of the last commit. For any thread.
  Ledger committed() {
    return committed;
  }

  /// As of the last change.
  Ledger ledger() {
    return ledger;
  }

  /// Each machine's last occurrence when the database was opened.
  Map<MachineId, Occurrence> statesAtOpening() {
    return statesAtOpening;
  }

  HeldEvent append(Occurrence occurrence) throws SQLException {
    restampDue |= ledger.toldBy(occurrence.stamp()).isPresent();
    Ledger heard = ledger.hearing(occurrence.stamp());
    Boot boot = heard.boots().of(occurrence.stamp());
    HeldEvent event = new HeldEvent(heard.next(), occurrence.at(boot.resolved(occurrence.stamp())));
    events.insert(event, boot);
    ledger = heard.appended(event);
    restampDue |= ledger.stranded(event);
    return event;
  }

  void acknowledge(List<SeqRange> ranges) throws SQLException {
    for (SeqRange given : ranges) {
      long last = Math.min(given.last().value(), ledger.counts().recorded());
      if (given.first().value() > last) {
        continue;
      }
      SeqRange range = SeqRange.of(given.first().value(), last);
      long present = 0;
      for (SeqRange part : ledger.noted().missingFrom(range)) {
        present += events.count(part);
      }
      if (present > 0) {
        ledger =
            ledger
                .sent(range)
                .with(ledger.noted().with(range))
                .with(ledger.counts().removed(present));
      }
    }
  }

  /// Removes what is acknowledged.
  void remove() throws SQLException {
    for (SeqRange range : ledger.noted().runs()) {
      reach(range);
      events.delete(range);
    }
    ledger = ledger.with(SeqSet.EMPTY);
    saveLast();
  }

  void quarantine(Sequence seq, String reason) throws SQLException {
    if (ledger.noted().contains(seq.value())) {
      return;
    }
    reach(SeqRange.of(seq));
    if (events.setApart(seq, reason)) {
      ledger = ledger.sent(SeqRange.of(seq)).with(ledger.counts().setApart(1));
      saveLast();
    }
  }

  long release(List<SeqRange> ranges) throws SQLException {
    long released = 0;
    for (SeqRange range : ranges) {
      ledger = ledger.with(ledger.noted().without(range));
      released += events.release(range);
    }
    ledger = ledger.with(ledger.counts().setApart(-released));
    return released;
  }

  void reserve(Sequence last) {
    ledger = ledger.reservedAround(last);
  }

  long synchronised(BootId boot, Instant bootedAt) throws SQLException {
    ledger = ledger.with(ledger.boots().begun(boot, bootedAt));
    return restamp();
  }

  void markAlive(Stamp at) {
    ledger = ledger.aliveAt(at);
  }

  void keep(String name, byte[] document) throws SQLException {
    events.keep(name, document);
  }

  void commit() throws SQLException {
    if (restampDue) {
      restamp();
    }
    ledgers.save(committed, ledger);
    connection.commit();
    committed = ledger;
  }

  /// Forgets everything since the last commit. SQLite may have done so by itself, as it does on a
  /// full or failing disk; the driver then has no transaction open.
  void rollback() throws SQLException {
    ledger = committed;
    restampDue = false;
    try {
      connection.rollback();
    } catch (SQLException alreadyRolledBack) {
      try (Statement begin = connection.createStatement()) {
        begin.execute("BEGIN");
      }
    }
    events.forget();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private long restamp() throws SQLException {
    restampDue = false;
    Map<Integer, Boots.Span> spans = events.spans(SeqRange.of(1, Long.MAX_VALUE));
    Boots settled =
        Restamping.settled(
            ledger.boots(),
            it -> spans.getOrDefault(it.ordinal(), Boots.Span.START).including(it.last()));
    long restamped = 0;
    for (Boot boot : settled.inOrder()) {
      if (boot.start().isPresent()) {
        restamped += events.restamp(boot, boot.start().get());
      }
    }
    ledger = ledger.restamped(settled, ledgers.firstWithoutWall());
    return restamped;
  }

  /// What events that go tell of the boots' ends outlives them.
  private void reach(SeqRange range) throws SQLException {
    Map<Integer, Boots.Span> spans = events.spans(range);
    for (Boot boot : ledger.boots().inOrder()) {
      Boots.Span span = spans.getOrDefault(boot.ordinal(), Boots.Span.START);
      ledger = ledger.with(ledger.boots().with(boot.reaching(span.last())));
    }
  }

  private void saveLast() throws SQLException {
    if (ledger.counts().recorded() > 0) {
      ledgers.saveLast(new Sequence(ledger.counts().recorded()));
    }
  }

  /// Coalesces events that were never sent, so many at most, the first after this number. Returns
  /// the last number it has looked at; empty if there is none to look at.
  Optional<Sequence> coalesce(long after, int limit) throws SQLException {
    long first = Math.max(after, ledger.reserved()) + 1;
    if (first > ledger.ready()) {
      return Optional.empty();
    }
    List<MachineEvent> all = events.read(SeqRange.of(first, ledger.ready()), limit);
    List<MachineEvent> left = Coalescing.of(all);
    events.coalesce(all, left);
    ledger = ledger.with(ledger.counts().coalesced(all.size() - left.size()));
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast().seq());
  }
}
