package io.gympulse.bench.cost;

import io.gympulse.bench.ingest.Traffic;
import io.gympulse.bench.ingest.Traffic.Live;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Simulates gyms second by second: one event per message, a heartbeat each minute, a snapshot
/// each hour, and the cloud's schedules each minute.
final class FleetSimulation {
  private static final int HEARTBEAT_SECONDS = 60;
  private static final int SNAPSHOT_SECONDS = 3_600;
  private static final long OFFSET_SECONDS =
      2_221; // golden ratio of an hour: spreads any number of gyms evenly
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final MeteredCloud cloud;
  private final IngestTransport transport;
  private final Live live;
  private final List<Map<MachineId, MachineEvent>> last;
  private long messages;

  FleetSimulation(MeteredCloud cloud, IngestTransport transport, Traffic traffic) {
    this.cloud = cloud;
    this.transport = transport;
    this.live = traffic.liveMessages();
    this.last =
        IntStream.range(0, traffic.gyms())
            .<Map<MachineId, MachineEvent>>mapToObj(_ -> new HashMap<>())
            .toList();
  }

  /// Enough traffic for a duration: the expected number of events plus eight standard deviations.
  static Traffic traffic(int gyms, Duration time, long seed) {
    double expected = Traffic.EVENTS_A_DAY * time.toMinutes() / 1_440.0;
    return new Traffic(gyms, gyms * (int) (expected + 8 * Math.sqrt(expected) + 20), seed);
  }

  /// @return the usage in that time, without the first messages of the gateways, on which
  ///     everything is written for the first time
  Usage run(Duration time) {
    start();
    Instant end = Traffic.MORNING.plus(time);
    int next = 0;
    Instant now = Traffic.MORNING;
    while (now.isBefore(end)) {
      now = now.plus(SECOND);
      cloud.clock.set(now);
      while (next < live.messages().size() && !live.messages().get(next).sentAt().isAfter(now)) {
        Live.Message it = live.messages().get(next++);
        last.get(it.gym()).put(it.event().machine(), it.event());
        put(it.gym(), it.text());
      }
      sendHeartbeatsAndSnapshots(now);
      transport.tick(now);
      if (now.getEpochSecond() % HEARTBEAT_SECONDS == 0) {
        cloud.runSchedules(now);
      }
    }
    return cloud.usage(transport, messages, time.toMillis() / 3.6e6);
  }

  private void start() {
    for (Live.Message it : live.messages()) {
      last.get(it.gym()).putIfAbsent(it.event().machine(), before(it.event()));
    }
    for (int gym = 0; gym < last.size(); gym++) {
      put(gym, live.snapshot(gym, Traffic.MORNING, last.get(gym).values()));
      put(gym, live.heartbeat(gym, Traffic.MORNING));
    }
    transport.tick(Traffic.MORNING);
    messages = 0;
    cloud.resetUsage(transport);
  }

  private static MachineEvent before(MachineEvent first) {
    MachineStatus status =
        first.status() == MachineStatus.FREE ? MachineStatus.OCCUPIED : MachineStatus.FREE;
    return new MachineEvent(
        first.seq(),
        first.machine(),
        status,
        Optional.empty(),
        Traffic.MORNING.minus(SECOND),
        first.quality());
  }

  /// Each gateway has another offset within minute and hour.
  private void sendHeartbeatsAndSnapshots(Instant now) {
    for (int gym = 0; gym < last.size(); gym++) {
      long second = now.getEpochSecond() + OFFSET_SECONDS * gym;
      if (second % HEARTBEAT_SECONDS == 0) {
        put(gym, live.heartbeat(gym, now));
      }
      if (second % SNAPSHOT_SECONDS == 0) {
        put(gym, live.snapshot(gym, now, last.get(gym).values()));
      }
    }
  }

  private void put(int gym, String text) {
    messages++;
    transport.put(gym, text);
  }
}
