package io.gympulse.cloud.ingest;

import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.cloud.ingest.PendingAcknowledgements.Waiting;
import io.gympulse.contract.id.SeqRange;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds the acknowledgements of live events for a moment, so that a busy gateway is told of
/// several in one message. Backlog and refusals are answered at once, and take with them what is
/// held for their outbox: a gateway that drains its outbox waits for each answer.
///
/// What is held when the process dies is not told; its gateway sends those events again after 30
/// seconds or more, and is answered then. Safe for any number of threads.
public final class HeldAcknowledgements implements Answering {
  /// As JSON, well below the megabyte that a window's state may have on Lambda.
  static final int MOST_WEIGHT = 400_000;

  private static final Logger LOG = LoggerFactory.getLogger(HeldAcknowledgements.class);

  private final AnsweringAtOnce atOnce;
  private final Duration within;
  private final InstantSource clock;
  private final IngestCounters counters;
  private PendingAcknowledgements pending;

  /// @param within how long an acknowledgement is held
  public HeldAcknowledgements(
      DevicePublisher publisher, Duration within, InstantSource clock, IngestCounters counters) {
    this(publisher, within, clock, counters, PendingAcknowledgements.NONE);
  }

  /// @param pending held since earlier
  HeldAcknowledgements(
      DevicePublisher publisher,
      Duration within,
      InstantSource clock,
      IngestCounters counters,
      PendingAcknowledgements pending) {
    this.atOnce = new AnsweringAtOnce(publisher);
    this.within = within;
    this.clock = clock;
    this.counters = counters;
    this.pending = pending;
  }

  @Override
  public void answer(OutboxOf outbox, Collection<Reply.Answer> answers) {
    if (answers.stream().allMatch(Reply.Answer::mayWait)) {
      hold(outbox, new Waiting(clock.instant(), stored(answers)));
      if (pending().weight() > MOST_WEIGHT) {
        publishAll();
      }
      return;
    }
    Optional<Waiting> held = take(outbox);
    List<Reply.Answer> all = new ArrayList<>(answers);
    held.ifPresent(it -> all.add(answer(outbox, it)));
    try {
      atOnce.answer(outbox, all);
    } catch (RuntimeException e) {
      held.ifPresent(it -> hold(outbox, it));
      throw e;
    }
  }

  /// Publishes what is held for as long as it may be.
  public void publishDue() {
    publish(pending().waitingSince(clock.instant().minus(within)));
  }

  /// Publishes whatever is held.
  public void publishAll() {
    publish(pending().byOutbox().keySet());
  }

  synchronized PendingAcknowledgements pending() {
    return pending;
  }

  private void publish(Set<OutboxOf> outboxes) {
    outboxes.forEach(outbox -> take(outbox).ifPresent(it -> publish(outbox, it)));
  }

  /// One that is lost costs a repetition; to try again would hold up the others.
  private void publish(OutboxOf outbox, Waiting held) {
    try {
      atOnce.answer(outbox, List.of(answer(outbox, held)));
    } catch (RuntimeException e) {
      counters.addUntold(1);
      LOG.warn("{} is not told of {}, it will send again", outbox.to(), held.stored(), e);
    }
  }

  private synchronized void hold(OutboxOf outbox, Waiting more) {
    pending = pending.and(outbox, more);
  }

  private synchronized Optional<Waiting> take(OutboxOf outbox) {
    Optional<Waiting> held = pending.of(outbox);
    pending = pending.without(Set.of(outbox));
    return held;
  }

  private static List<SeqRange> stored(Collection<Reply.Answer> answers) {
    return answers.stream().flatMap(it -> it.stored().stream()).toList();
  }

  private static Reply.Answer answer(OutboxOf outbox, Waiting held) {
    return new Reply.Answer(outbox, held.stored(), List.of());
  }
}
