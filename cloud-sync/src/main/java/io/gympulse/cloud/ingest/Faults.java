package io.gympulse.cloud.ingest;

import static io.gympulse.contract.message.RejectionCode.CLOCK_FAULT;
import static io.gympulse.contract.message.RejectionCode.INVALID_FIELD;
import static io.gympulse.contract.message.RejectionCode.TOPIC_MISMATCH;
import static io.gympulse.contract.message.RejectionCode.WRONG_GATEWAY;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.topic.MachineOnTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What can be wrong with a message as a whole, in words for the person who has to mend it.
final class Faults {
  /// How far a sender's clock may run ahead of the front door's. Any amount behind is fine:
  /// spoolers and queues hold messages.
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  /// Before there was anything to tell of.
  private static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");

  private Faults() {}

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

  static Optional<Rejection> mismatch(MachineOnTopic topic, MachineOnTopic body) {
    if (topic.equals(body)) {
      return Optional.empty();
    }
    String field = topic.gym().equals(body.gym()) ? "machineId" : "gymId";
    return Optional.of(
        new Rejection(
            TOPIC_MISMATCH,
            field,
            "the topic speaks of machine '%s' of gym '%s', the body of '%s' of '%s'"
                .formatted(topic.machine(), topic.gym(), body.machine(), body.gym())));
  }

  static Optional<Rejection> clock(String field, Instant time, Instant receivedAt) {
    return time.isAfter(receivedAt.plus(CLOCK_TOLERANCE))
        ? Optional.of(
            new Rejection(
                CLOCK_FAULT,
                field,
                "%s is more than 5 minutes after its arrival at %s; set the sender's clock"
                    .formatted(time, receivedAt)))
        : Optional.empty();
  }

  /// Whoever stamps a batch knows the time, so such a stamp is in another unit, or guessed. It may
  /// be sent again: a stamp of the sending is not the events' own.
  static Optional<Rejection> unit(String field, Instant time) {
    return time.isBefore(EARLIEST)
        ? Optional.of(
            new Rejection(
                CLOCK_FAULT,
                field,
                "%s is before 2020; mind the unit, and set the sender's clock".formatted(time)))
        : Optional.empty();
  }

  /// An event's or a state's own time is final, so to send it again would not mend it.
  static Optional<Rejection> impossible(String field, Instant time) {
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
}
