package io.gympulse.cloud.server;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.feed.FeedCodec;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// Changes of one machine.
final class SampleUpdates {
  static final GymId GYM = new GymId("downtown");
  static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private SampleUpdates() {}

  static FeedUpdate change(long position) {
    return new FeedUpdate.MachineChanged(
        position,
        new CurrentState(
            new MachineId("bike-1"),
            GYM,
            new CategoryId("bike"),
            MachineStatus.FREE,
            Optional.empty(),
            NOON.plusSeconds(position),
            NOON.plusSeconds(position),
            position));
  }

  static byte[] payload(FeedUpdate update) {
    return FeedCodec.encode(update).getBytes(StandardCharsets.UTF_8);
  }
}
