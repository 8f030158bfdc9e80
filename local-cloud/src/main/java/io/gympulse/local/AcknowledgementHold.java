package io.gympulse.local;

import io.gympulse.cloud.ingest.HeldAcknowledgements;
import io.gympulse.cloud.ingest.IngestCounters;
import java.time.Duration;

/// Holds acknowledgements of live events for at most the time that is set, and looks for what is
/// due in tenths of it. What is held at an orderly end is told then.
final class AcknowledgementHold implements AutoCloseable {
  private static final int LOOKS = 10;

  private final HeldAcknowledgements held;
  private final Repeating looking;

  private AcknowledgementHold(HeldAcknowledgements held, Repeating looking) {
    this.held = held;
    this.looking = looking;
  }

  static AcknowledgementHold start(
      CloudSettings settings, BackToDevices publisher, IngestCounters counters) {
    Duration within = settings.acknowledgeWithin();
    Duration look = within.dividedBy(LOOKS);
    HeldAcknowledgements held =
        new HeldAcknowledgements(publisher, within.minus(look), settings.clock(), counters);
    return new AcknowledgementHold(
        held, new Repeating("acknowledgements", settings.clock().toReal(look), held::publishDue));
  }

  HeldAcknowledgements held() {
    return held;
  }

  @Override
  public void close() {
    looking.close();
    held.publishAll();
  }
}
