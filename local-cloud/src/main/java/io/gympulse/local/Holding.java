package io.gympulse.local;

import io.gympulse.cloud.ingest.DevicePublisher;
import io.gympulse.cloud.ingest.HeldAcknowledgements;
import io.gympulse.cloud.ingest.IngestCounters;
import java.time.Duration;
import java.util.Optional;

/// Holds acknowledgements for as long as the settings allow, as a stream's window does on AWS. It
/// looks for what is due in tenths of that time; what is held at an orderly end is told then.
///
/// @param acknowledgements empty if none is to be held
record Holding(Optional<HeldAcknowledgements> acknowledgements, Optional<Repeating> looking)
    implements AutoCloseable {
  private static final int LOOKS = 10;

  static Holding start(CloudSettings settings, DevicePublisher publisher, IngestCounters counters) {
    Duration within = settings.acknowledgeWithin();
    if (within.isZero()) {
      return new Holding(Optional.empty(), Optional.empty());
    }
    Duration look = within.dividedBy(LOOKS);
    HeldAcknowledgements held =
        new HeldAcknowledgements(publisher, within.minus(look), settings.clock(), counters);
    Repeating looking =
        new Repeating("acknowledgements", settings.clock().toReal(look), held::publishDue);
    return new Holding(Optional.of(held), Optional.of(looking));
  }

  @Override
  public void close() {
    looking.ifPresent(Repeating::close);
    acknowledgements.ifPresent(HeldAcknowledgements::publishAll);
  }
}
