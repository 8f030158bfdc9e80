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

/// Gyms as they live, second by second: each event alone in its message, a heartbeat each minute, a
/// snapshot each hour, and the cloud's schedules each minute.
final class Play {
  private static final int SECONDS_OF_HEARTBEAT = 60;
  private static final int SECONDS_OF_SNAPSHOT = 3_600;
  private static final long GOLDEN = 2_221; // of an hour's seconds: spreads any number of gyms
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Cloud cloud;
  private final Door door;
  private final Live live;
  private final List<Map<MachineId, MachineEvent>> last;
  private long messages;

  Play(Cloud cloud, Door door, Traffic traffic) {
    this.cloud = cloud;
    this.door = door;
    this.live = traffic.asItHappens();
    this.last =
        IntStream.range(0, traffic.gyms())
            .<Map<MachineId, MachineEvent>>mapToObj(_ -> new HashMap<>())
            .toList();
  }

  /// Traffic enough for some time, whatever chance does.
  static Traffic traffic(int gyms, Duration time, long seed) {
    double expected = Traffic.EVENTS_A_DAY * time.toMinutes() / 1_440.0;
    return new Traffic(gyms, gyms * (int) (expected + 8 * Math.sqrt(expected) + 20), seed);
  }

  /// @return what was used up in that time; gateways' start, when everything is written for the
  ///     first time, is not in it
  Usage run(Duration time) {
    begin();
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
      ofGateways(now);
      door.tick(now);
      if (now.getEpochSecond() % SECONDS_OF_HEARTBEAT == 0) {
        cloud.eachMinute(now);
      }
    }
    return cloud.usage(door, messages, time.toMillis() / 3.6e6);
  }

  private void begin() {
    for (Live.Message it : live.messages()) {
      last.get(it.gym()).putIfAbsent(it.event().machine(), before(it.event()));
    }
    for (int gym = 0; gym < last.size(); gym++) {
      put(gym, live.snapshot(gym, Traffic.MORNING, last.get(gym).values()));
      put(gym, live.heartbeat(gym, Traffic.MORNING));
    }
    door.tick(Traffic.MORNING);
    messages = 0;
    cloud.forget(door);
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

  /// Gateways were not started at the same second.
  private void ofGateways(Instant now) {
    for (int gym = 0; gym < last.size(); gym++) {
      long second = now.getEpochSecond() + GOLDEN * gym;
      if (second % SECONDS_OF_HEARTBEAT == 0) {
        put(gym, live.heartbeat(gym, now));
      }
      if (second % SECONDS_OF_SNAPSHOT == 0) {
        put(gym, live.snapshot(gym, now, last.get(gym).values()));
      }
    }
  }

  private void put(int gym, String text) {
    messages++;
    door.put(gym, text);
  }
}
