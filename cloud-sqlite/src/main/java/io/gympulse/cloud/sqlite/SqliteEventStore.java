package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.event.EventStore;
import io.gympulse.cloud.core.event.EventStore.StoredEvent;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.cloud.core.event.Retention;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.StatusReport;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Events in the table `event`, machines' own reports in `status_report`, outboxes' owners in
/// `outbox_owner`.
final class SqliteEventStore implements EventStore {
  private static final int PAGE = 5_000;

  private final Database database;
  private final Retention retention;

  SqliteEventStore(Database database, Retention retention) {
    this.database = database;
    this.retention = retention;
  }

  @Override
  public List<MachineEvent> store(GatewayAddress from, OutboxId outbox, List<MachineEvent> events) {
    List<MachineEvent> refused = new ArrayList<>();
    database.transaction(
        () -> {
          List<MachineEvent> kept = isOf(from, outbox) ? insert(from, outbox, events) : events;
          Map<Sequence, MachineEvent> there = stored(outbox, kept);
          kept.stream().filter(it -> !it.equals(there.get(it.seq()))).forEach(refused::add);
        });
    return refused;
  }

  /// Whether this gateway owns the outbox. An outbox without an owner becomes its own.
  private boolean isOf(GatewayAddress from, OutboxId outbox) {
    List<String> owner =
        database.query(
            "SELECT gateway FROM outbox_owner WHERE outbox = ?",
            row -> row.getString(1),
            outbox.toString());
    if (owner.isEmpty()) {
      database.update(
          "INSERT INTO outbox_owner (outbox, gateway) VALUES (?, ?)",
          outbox.toString(),
          from.gateway().value());
      return true;
    }
    return owner.getFirst().equals(from.gateway().value());
  }

  /// The stored events with the sequence numbers of these.
  private Map<Sequence, MachineEvent> stored(OutboxId outbox, List<MachineEvent> events) {
    Map<Sequence, MachineEvent> stored = new HashMap<>();
    for (SeqRange range : SeqRange.covering(events.stream().map(MachineEvent::seq).toList())) {
      database
          .query(
              "SELECT * FROM event WHERE outbox = ? AND seq BETWEEN ? AND ?",
              Rows::event,
              outbox.toString(),
              range.first().value(),
              range.last().value())
          .forEach(it -> stored.put(it.event().seq(), it.event()));
    }
    return stored;
  }

  /// Returns those whose sequence numbers were stored already.
  private List<MachineEvent> insert(
      GatewayAddress from, OutboxId outbox, List<MachineEvent> events) {
    String name = outbox.toString();
    List<MachineEvent> there = new ArrayList<>();
    there.addAll(
        database.each(
            """
        INSERT INTO event (outbox, seq, gym, gateway, machine, status, reason, at, quality)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
            events.stream().filter(it -> it.summary().isEmpty()).toList(),
            (insert, event) -> bind(insert, from, name, event)));
    there.addAll(
        database.each(
            """
        INSERT INTO event (outbox, seq, gym, gateway, machine, status, reason, at, quality,
          stands_from, occupied, free, unknown, transitions)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
            events.stream().filter(it -> it.summary().isPresent()).toList(),
            (insert, event) -> {
              bind(insert, from, name, event);
              bind(insert, event.summary().orElseThrow());
            }));
    return there;
  }

  private static void bind(
      PreparedStatement insert, GatewayAddress from, String outbox, MachineEvent event)
      throws SQLException {
    insert.setString(1, outbox);
    insert.setLong(2, event.seq().value());
    insert.setString(3, from.gym().value());
    insert.setString(4, from.gateway().value());
    insert.setString(5, event.machine().value());
    insert.setString(6, event.status().wireName());
    insert.setString(7, event.reason().map(UnknownReason::wireName).orElse(null));
    insert.setLong(8, event.at().toEpochMilli());
    insert.setString(9, event.quality().wireName());
  }

  private static void bind(PreparedStatement insert, Summary summary) throws SQLException {
    insert.setLong(10, summary.first().value());
    insert.setLong(11, summary.occupied().toMillis());
    insert.setLong(12, summary.free().toMillis());
    insert.setLong(13, summary.unknown().toMillis());
    insert.setLong(14, summary.transitions());
  }

  @Override
  public void store(StatusReport report) {
    database.update(
        """
        INSERT INTO status_report (machine, at, status, gym) VALUES (?, ?, ?, ?)
        ON CONFLICT DO NOTHING""",
        report.machine().value(),
        report.at().toEpochMilli(),
        report.status().wireName(),
        report.gym().value());
  }

  @Override
  public List<HistoryEntry> history(MachineId machine, Instant from, Instant to) {
    return history(database, machine, retention.clamp(from), to);
  }

  static List<HistoryEntry> history(
      Database database, MachineId machine, Instant from, Instant to) {
    return database.query(
        """
        SELECT at, status, reason, seq, outbox, stands_from, occupied, free, unknown, transitions
          FROM event WHERE machine = ?1 AND at >= ?2 AND at < ?3
        UNION ALL
        SELECT at, status, NULL, 0, '', NULL, NULL, NULL, NULL, NULL
          FROM status_report WHERE machine = ?1 AND at >= ?2 AND at < ?3
        ORDER BY at, seq, outbox, status""",
        Rows::history,
        machine.value(),
        from.toEpochMilli(),
        to.toEpochMilli());
  }

  /// Reads each index from its end, so that the cost does not grow with the history.
  @Override
  public Optional<HistoryEntry> lastBefore(MachineId machine, Instant before) {
    return database
        .query(
            """
            SELECT * FROM
              (SELECT at, status, reason, seq, outbox, stands_from, occupied, free, unknown,
                transitions FROM event WHERE machine = ?1 AND at =
                  (SELECT MAX(at) FROM event WHERE machine = ?1 AND at >= ?2 AND at < ?3)
              UNION ALL
              SELECT at, status, NULL, 0, '', NULL, NULL, NULL, NULL, NULL
                FROM status_report WHERE machine = ?1 AND at =
                  (SELECT MAX(at) FROM status_report WHERE machine = ?1 AND at >= ?2 AND at < ?3))
            ORDER BY at DESC, seq DESC, outbox DESC, status DESC LIMIT 1""",
            Rows::history,
            machine.value(),
            retention.oldest().toEpochMilli(),
            before.toEpochMilli())
        .stream()
        .findFirst();
  }

  @Override
  public Instant expiryTime(Instant now) {
    return retention.expiryTime(now);
  }

  @Override
  public void forEach(Consumer<StoredEvent> reader) {
    String outbox = "";
    long seq = 0;
    while (true) {
      List<StoredEvent> page =
          database.query(
              "SELECT * FROM event WHERE (outbox, seq) > (?, ?) ORDER BY outbox, seq LIMIT ?",
              Rows::event,
              outbox,
              seq,
              PAGE);
      if (page.isEmpty()) {
        return;
      }
      page.forEach(reader);
      outbox = page.getLast().outbox().toString();
      seq = page.getLast().event().seq().value();
    }
  }

  @Override
  public List<SeqRange> stored(OutboxId outbox) {
    return SeqRange.union(
        database.query(
            """
            SELECT MIN(first), MAX(seq) FROM
              (SELECT first, seq, SUM(begins) OVER (ORDER BY seq) AS run FROM
                (SELECT first, seq, first > 1 + LAG(seq, 1, 0) OVER (ORDER BY seq) AS begins FROM
                  (SELECT COALESCE(stands_from, seq) AS first, seq FROM event WHERE outbox = ?)))
            GROUP BY run""",
            row -> SeqRange.of(row.getLong(1), row.getLong(2)),
            outbox.toString()));
  }

  @Override
  public long count() {
    return database.query("SELECT COUNT(*) FROM event", row -> row.getLong(1)).getFirst();
  }
}
