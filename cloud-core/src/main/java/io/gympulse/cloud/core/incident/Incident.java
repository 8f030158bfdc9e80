package io.gympulse.cloud.core.incident;

import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.notification.Deliveries;
import io.gympulse.cloud.core.notification.Deliveries.DeliveryRecord;
import io.gympulse.contract.id.OutboxId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// An incident that operators are notified of. A pure state machine, stored by compare-and-set.
///
/// Its opening is notified after [#SETTLE], together with the subjects that join it meanwhile, and
/// not at all if it is over by then. Its end is notified once, when every subject has recovered.
///
/// @param id of kind, occasion and beginning: an episode opens only one incident
/// @param since when it began
/// @param out the subjects that are still affected, in the order of detection
/// @param back the subjects that have recovered
/// @param detail the cause, in the terms of the border protocol; may be empty
/// @param closedAt when the last subject recovered
/// @param version increases with each change
public record Incident(
    String id,
    IncidentKind kind,
    Instant since,
    List<Subject> out,
    List<Subject> back,
    String detail,
    Optional<Instant> closedAt,
    Deliveries deliveries,
    long version)
    implements DeliveryRecord<Incident> {
  /// The time from an incident's opening to its notification.
  public static final Duration SETTLE = Duration.ofSeconds(30);

  /// The position of an incident among all: the oldest first.
  public record Cursor(Instant since, String id) implements Comparable<Cursor> {
    private static final Comparator<Cursor> ORDER =
        Comparator.comparing(Cursor::since).thenComparing(Cursor::id);

    @Override
    public int compareTo(Cursor other) {
      return ORDER.compare(this, other);
    }
  }

  public Incident {
    out = List.copyOf(out);
    back = List.copyOf(back);
  }

  /// The id of the incident of all gateways marked offline at this moment: one sweep marks all with
  /// the same.
  public static String idOfOffline(Instant since) {
    return "%s@%d".formatted(IncidentKind.GATEWAY_OFFLINE.wireName(), since.toEpochMilli());
  }

  public static Incident offline(
      Instant since, Subject.Gateway first, List<Channel> operators, Instant now) {
    return opened(
        idOfOffline(since), IncidentKind.GATEWAY_OFFLINE, since, first, "", operators, now);
  }

  /// For a gateway that is marked offline by the same sweep after that incident is closed.
  public static Incident lateOffline(
      Instant since, Subject.Gateway late, List<Channel> operators, Instant now) {
    String id = "%s.%s".formatted(idOfOffline(since), late.address().gateway());
    return opened(id, IncidentKind.GATEWAY_OFFLINE, since, late, "", operators, now);
  }

  /// @param detail the sensors' fault
  public static Incident sensorFault(
      Instant since, Subject.Sensors subject, String detail, List<Channel> operators, Instant now) {
    String id =
        "%s.%s@%d"
            .formatted(
                IncidentKind.SENSOR_FAULT.wireName(), subject.machine(), since.toEpochMilli());
    return opened(id, IncidentKind.SENSOR_FAULT, since, subject, detail, operators, now);
  }

  /// @param detail which quota
  public static Incident overQuota(
      Instant since, Subject.Quota subject, String detail, List<Channel> operators, Instant now) {
    String id =
        "%s.%s@%d"
            .formatted(
                IncidentKind.GATEWAY_OVER_QUOTA.wireName(),
                subject.address().gateway(),
                since.toEpochMilli());
    return opened(id, IncidentKind.GATEWAY_OVER_QUOTA, since, subject, detail, operators, now);
  }

  /// @param since when the gateway reported the problem first
  /// @param detail a clause about the gateway
  public static Incident gatewayHealth(
      Instant since, Subject.Health subject, String detail, List<Channel> operators, Instant now) {
    String id =
        "%s.%s.%s@%d"
            .formatted(
                IncidentKind.GATEWAY_HEALTH.wireName(),
                subject.address().gateway(),
                subject.problem().wireName(),
                since.toEpochMilli());
    return opened(id, IncidentKind.GATEWAY_HEALTH, since, subject, detail, operators, now);
  }

  /// Notified at once and closed: the gateway begins a new outbox by itself. There is one per
  /// gateway and outbox.
  public static Incident outboxConflict(
      Subject.Gateway subject, OutboxId outbox, List<Channel> operators, Instant now) {
    String id =
        "%s.%s.%s"
            .formatted(
                IncidentKind.OUTBOX_CONFLICT.wireName(), subject.address().gateway(), outbox);
    Deliveries opening = Deliveries.NONE.with(id, now, operators, now);
    return new Incident(
        id,
        IncidentKind.OUTBOX_CONFLICT,
        now,
        List.of(),
        List.of(subject),
        outbox.toString(),
        Optional.of(now),
        opening,
        1);
  }

  private static Incident opened(
      String id,
      IncidentKind kind,
      Instant since,
      Subject first,
      String detail,
      List<Channel> operators,
      Instant now) {
    Deliveries opening = Deliveries.NONE.with(id + ".open", since, operators, now.plus(SETTLE));
    return new Incident(
        id, kind, since, List.of(first), List.of(), detail, Optional.empty(), opening, 1);
  }

  public Cursor cursor() {
    return new Cursor(since, id);
  }

  public boolean isOpen() {
    return closedAt.isEmpty();
  }

  /// Whether it is or was about this subject.
  public boolean mentions(Subject subject) {
    return out.contains(subject) || back.contains(subject);
  }

  public Optional<Instant> due() {
    return deliveries.nextTry();
  }

  /// With one more subject of the same occasion. Recovered subjects stay recovered, and a closed
  /// incident does not change.
  public Incident joinedBy(Subject subject) {
    if (!isOpen() || mentions(subject)) {
      return this;
    }
    return new Incident(
        id, kind, since, plus(out, subject), back, detail, closedAt, deliveries, version + 1);
  }

  /// A subject has recovered. The last one closes the incident, which is notified if its opening
  /// was.
  public Incident recovered(Subject subject, List<Channel> operators, Instant now) {
    if (!out.contains(subject)) {
      return this;
    }
    List<Subject> left = out.stream().filter(it -> !it.equals(subject)).toList();
    boolean closes = left.isEmpty();
    Deliveries closing =
        wasNotified()
            ? Deliveries.NONE.with(id + ".closed", since, operators, now)
            : Deliveries.NONE;
    return new Incident(
        id,
        kind,
        since,
        left,
        plus(back, subject),
        detail,
        closes ? Optional.of(now) : Optional.empty(),
        closes ? closing : deliveries,
        version + 1);
  }

  /// Handles the time that [#due] returned.
  public Step<Incident> onDue(Instant now) {
    return new Step<>(with(deliveries.started(now)), deliveries.due(now));
  }

  @Override
  public Incident delivered(String deliveryId) {
    return with(deliveries.without(deliveryId));
  }

  @Override
  public Incident gone(String deliveryId) {
    return with(deliveries.without(deliveryId));
  }

  @Override
  public Incident failed(String deliveryId, Instant now, double random, Duration retryAfter) {
    return with(deliveries.failed(deliveryId, now, random, retryAfter));
  }

  /// Whether every delivery of its opening was attempted.
  private boolean wasNotified() {
    return deliveries.pending().stream().noneMatch(it -> it.attempts() == 0);
  }

  private Incident with(Deliveries next) {
    return next.equals(deliveries)
        ? this
        : new Incident(id, kind, since, out, back, detail, closedAt, next, version + 1);
  }

  private static List<Subject> plus(List<Subject> some, Subject more) {
    List<Subject> all = new ArrayList<>(some);
    all.add(more);
    return all;
  }
}
