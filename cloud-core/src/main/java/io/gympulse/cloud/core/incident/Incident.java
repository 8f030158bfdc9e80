package io.gympulse.cloud.core.incident;

import io.gympulse.cloud.core.alert.Channel;
import io.gympulse.cloud.core.alert.Deliveries;
import io.gympulse.cloud.core.alert.DeliveryRecord;
import io.gympulse.contract.id.OutboxId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Something operators have to see to. A pure state machine, kept by compare-and-set.
///
/// Its opening is told after [#SETTLE], so that what joins it meanwhile is told with it, and what
/// is over by then is not told at all. Its end is told once, when everything in it has recovered.
///
/// @param id names kind, occasion and beginning: the same episode never opens two
/// @param since when it began
/// @param out what is still wrong, in the order in which it was found
/// @param back what has recovered
/// @param detail why, in the words of the border protocol; may be empty
/// @param closedAt when the last of it had recovered
/// @param version grows with each change
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
  /// How long an incident waits before it is told.
  public static final Duration SETTLE = Duration.ofSeconds(30);

  /// Where an incident stands among all: the oldest first.
  public record Place(Instant since, String id) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::since).thenComparing(Place::id);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  public Incident {
    out = List.copyOf(out);
    back = List.copyOf(back);
  }

  /// The name of the incident that gathers all gateways marked offline at this moment: one sweep
  /// marks all with the same.
  public static String idOfSilence(Instant since) {
    return "%s@%d".formatted(IncidentKind.GATEWAY_OFFLINE.wireName(), since.toEpochMilli());
  }

  public static Incident silence(
      Instant since, Subject.Gateway first, List<Channel> operators, Instant now) {
    return opened(
        idOfSilence(since), IncidentKind.GATEWAY_OFFLINE, since, first, "", operators, now);
  }

  /// For a gateway of an occasion whose incident is over already.
  public static Incident lateSilence(
      Instant since, Subject.Gateway late, List<Channel> operators, Instant now) {
    String id = "%s.%s".formatted(idOfSilence(since), late.address().gateway());
    return opened(id, IncidentKind.GATEWAY_OFFLINE, since, late, "", operators, now);
  }

  /// @param detail why the sensors are not believed
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

  /// Told at once, and over with it: the gateway begins a new outbox by itself. There is one per
  /// gateway and outbox.
  public static Incident outboxConflict(
      Subject.Gateway subject, OutboxId outbox, List<Channel> operators, Instant now) {
    String id =
        "%s.%s.%s"
            .formatted(
                IncidentKind.OUTBOX_CONFLICT.wireName(), subject.address().gateway(), outbox);
    Deliveries told = Deliveries.NONE.with(id, now, operators, now);
    return new Incident(
        id,
        IncidentKind.OUTBOX_CONFLICT,
        now,
        List.of(),
        List.of(subject),
        outbox.toString(),
        Optional.of(now),
        told,
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
    Deliveries told = Deliveries.NONE.with(id + ".open", since, operators, now.plus(SETTLE));
    return new Incident(
        id, kind, since, List.of(first), List.of(), detail, Optional.empty(), told, 1);
  }

  public Place place() {
    return new Place(since, id);
  }

  public boolean isOpen() {
    return closedAt.isEmpty();
  }

  /// Whether it is or was about this.
  public boolean mentions(Subject subject) {
    return out.contains(subject) || back.contains(subject);
  }

  public Optional<Instant> due() {
    return deliveries.nextTry();
  }

  /// With one more thing of the same occasion. What has recovered from it does not come back, and
  /// nothing joins what is closed.
  public Incident joinedBy(Subject subject) {
    if (!isOpen() || mentions(subject)) {
      return this;
    }
    return new Incident(
        id, kind, since, plus(out, subject), back, detail, closedAt, deliveries, version + 1);
  }

  /// One thing is well again. The last one closes the incident, which is told if its opening was.
  public Incident recovered(Subject subject, List<Channel> operators, Instant now) {
    if (!out.contains(subject)) {
      return this;
    }
    List<Subject> left = out.stream().filter(it -> !it.equals(subject)).toList();
    boolean closes = left.isEmpty();
    Deliveries closing =
        wasTold() ? Deliveries.NONE.with(id + ".closed", since, operators, now) : Deliveries.NONE;
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

  /// The moment that [#due] named has come.
  public Step<Incident> onDue(Instant now) {
    return new Step<>(with(deliveries.begun(now)), deliveries.due(now));
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
  public Incident failed(String deliveryId, Instant now, double random, Duration wish) {
    return with(deliveries.failed(deliveryId, now, random, wish));
  }

  /// Whether an attempt to tell its opening was ever begun.
  private boolean wasTold() {
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
