package io.gympulse.cloud.ingest;

import static io.gympulse.contract.message.Rejection.RejectionCode.CLOCK_FAULT;
import static io.gympulse.contract.message.Rejection.RejectionCode.EVENT_AFTER_SENT;
import static io.gympulse.contract.message.Rejection.RejectionCode.INVALID_FIELD;
import static io.gympulse.contract.message.Rejection.RejectionCode.OUTBOX_CONFLICT;
import static io.gympulse.contract.message.Rejection.RejectionCode.TOPIC_MISMATCH;
import static io.gympulse.contract.message.Rejection.RejectionCode.UNKNOWN_MACHINE;
import static io.gympulse.contract.message.Rejection.RejectionCode.WRONG_GATEWAY;

import io.gympulse.cloud.ingest.IngestResult.Conflict;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.topic.Topics.MachineAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Reasons for rejecting a message or a part of it, worded for the person who has to fix the
/// sender.
final class Rejections {
  /// How far a sender's clock may be ahead of the broker's. Being behind by any amount is accepted,
  /// since spoolers and queues hold messages.
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  /// No event is older than this.
  private static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");

  private Rejections() {}

  static Optional<Rejection> mismatch(GatewayAddress topic, GatewayAddress body) {
    if (topic.equals(body)) {
      return Optional.empty();
    }
    String field = topic.gym().equals(body.gym()) ? "gateway" : "gym";
    return Optional.of(
        new Rejection(
            TOPIC_MISMATCH,
            field,
            "the topic belongs to gateway '%s' of gym '%s', the body to '%s' of '%s'"
                .formatted(topic.gateway(), topic.gym(), body.gateway(), body.gym())));
  }

  static Optional<Rejection> mismatch(MachineAddress topic, MachineAddress body) {
    if (topic.equals(body)) {
      return Optional.empty();
    }
    String field = topic.gym().equals(body.gym()) ? "machineId" : "gymId";
    return Optional.of(
        new Rejection(
            TOPIC_MISMATCH,
            field,
            "the topic belongs to machine '%s' of gym '%s', the body to '%s' of '%s'"
                .formatted(topic.machine(), topic.gym(), body.machine(), body.gym())));
  }

  static Optional<Rejection> future(String field, Instant time, Instant receivedAt) {
    return time.isAfter(receivedAt.plus(CLOCK_TOLERANCE))
        ? Optional.of(
            new Rejection(
                CLOCK_FAULT,
                field,
                "%s is more than 5 minutes after its arrival at %s; set the sender's clock"
                    .formatted(time, receivedAt)))
        : Optional.empty();
  }

  /// A sender that stamps a batch knows the time, so a time before 2020 is in another unit, or
  /// guessed. Retryable: the time of sending changes with each attempt.
  static Optional<Rejection> wrongUnit(String field, Instant time) {
    return time.isBefore(EARLIEST)
        ? Optional.of(
            new Rejection(
                CLOCK_FAULT,
                field,
                "%s is before 2020; mind the unit, and set the sender's clock".formatted(time)))
        : Optional.empty();
  }

  /// Not retryable: the time of an event or a state is final.
  static Optional<Rejection> impossibleTime(String field, Instant time) {
    return time.isBefore(EARLIEST)
        ? Optional.of(
            new Rejection(
                INVALID_FIELD,
                field,
                "%s is before 2020: it was stamped by a clock that was not set".formatted(time)))
        : Optional.empty();
  }

  static Rejection unknownGateway(GatewayAddress from) {
    return new Rejection(
        WRONG_GATEWAY,
        "gateway",
        "gateway '%s' stands on no floor plan of gym '%s'; register the plan"
            .formatted(from.gateway(), from.gym()));
  }

  static Rejection afterSent(Instant at, Instant sentAt) {
    return new Rejection(
        EVENT_AFTER_SENT, "", "%s is later than the message's sentAt %s".formatted(at, sentAt));
  }

  static Rejection unknownMachine(MachineId machine) {
    return new Rejection(
        UNKNOWN_MACHINE,
        "",
        "machine '%s' stands on no floor plan; add it to the gym's plan".formatted(machine));
  }

  /// Does not name the machine's owner, which may be another tenant.
  static Rejection foreignMachine(MachineId machine) {
    return new Rejection(
        WRONG_GATEWAY, "", "machine '%s' does not belong to the sender".formatted(machine));
  }

  static Rejection outboxConflict(Conflict conflict) {
    return new Rejection(
        OUTBOX_CONFLICT,
        "",
        "number %s of outbox %s is taken: another gateway has a copy of the outbox"
            .formatted(conflict.event().seq(), conflict.outbox()));
  }
}
