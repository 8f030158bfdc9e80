package io.gympulse.edge.occupancy;

import static io.gympulse.edge.occupancy.SensorState.NEVER;

import io.gympulse.edge.occupancy.SensorState.Contact;
import io.gympulse.edge.occupancy.SensorState.Doubt;
import io.gympulse.edge.occupancy.SensorState.Level;

/// A sensor's next state while one step works it out; see [SensorState] for what the fields mean.
/// Never leaves the step.
final class SensorDraft {
  Belief belief;
  long since;
  long judgedSince;
  Level heard;
  Level level;
  long changedAt;
  long burstSince;
  long burstDue;
  boolean reportsEnd;
  Doubt doubt;
  long runSince;
  long releaseSince;
  long heardAt;
  long restless;
  long countedAt;
  DwellHistory history;

  SensorDraft(SensorState state) {
    belief = state.belief();
    since = state.since();
    judgedSince = state.judgedSince();
    heard = state.contact().heard();
    level = state.contact().level();
    changedAt = state.contact().changedAt();
    burstSince = state.contact().burstSince();
    burstDue = state.contact().burstDue();
    reportsEnd = state.contact().reportsEnd();
    doubt = state.contact().doubt();
    runSince = state.runSince();
    releaseSince = state.releaseSince();
    heardAt = state.heardAt();
    restless = state.restless();
    countedAt = state.countedAt();
    history = state.history();
  }

  SensorState done() {
    Contact contact = new Contact(heard, level, changedAt, burstSince, burstDue, reportsEnd, doubt);
    return new SensorState(
        belief,
        since,
        judgedSince,
        contact,
        runSince,
        releaseSince,
        heardAt,
        restless,
        countedAt,
        history);
  }

  /// Nothing is believed before what was believed until then. An occupancy that ends is learnt
  /// from.
  void believe(Belief changed, long at) {
    if (belief == changed) {
      return;
    }
    long from = Math.max(at, since);
    if (belief == Belief.OCCUPIED && changed == Belief.FREE) {
      history = history.with(from - since);
    }
    if (belief.verdict() != changed.verdict()) {
      judgedSince = from;
    }
    belief = changed;
    since = from;
  }

  /// Gives up what is not yet decided.
  void settleNothing() {
    burstSince = NEVER;
    burstDue = NEVER;
    runSince = NEVER;
    releaseSince = NEVER;
  }

  /// Takes the sensor for one that has not spoken yet.
  void forget(long at) {
    if (doubt == Doubt.NONE && level == Level.ACTIVE && reportsEnd) {
      doubt = Doubt.HELD;
    }
    settleNothing();
    heard = Level.NONE;
    level = Level.NONE;
    changedAt = Math.max(changedAt, at);
    heardAt = NEVER;
    restless = at;
    countedAt = NEVER;
  }
}
