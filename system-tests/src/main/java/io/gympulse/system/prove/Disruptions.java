package io.gympulse.system.prove;

import io.gympulse.system.environment.GymProcesses;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The periods in which a gym's gateway, link or clock, or the cloud, did not work normally.
/// Thread-safe.
final class Disruptions {
  /// The time that a reconnected gateway takes to send everything; real time.
  private static final Duration CATCH_UP_TIME = Duration.ofSeconds(3);

  private static final Duration CONNECTION_CHECK = Duration.ofMillis(50);

  private final InstantSource clock;
  private final Slowdowns slowdowns;
  private final List<Disruption> all = new ArrayList<>();

  /// Without slowdowns.
  ///
  /// @param clock of the processes
  Disruptions(InstantSource clock) {
    this(clock, new Slowdowns());
  }

  /// @param clock of the processes
  /// @param slowdowns stretch the catch-up time; may keep growing
  Disruptions(InstantSource clock, Slowdowns slowdowns) {
    this.clock = clock;
    this.slowdowns = slowdowns;
  }

  /// One disruption; without an end while it lasts.
  static final class Disruption {
    private final Optional<String> gym;
    private final Instant from;
    private Instant to = Instant.MAX;

    private Disruption(Optional<String> gym, Instant from) {
      this.gym = gym;
      this.from = from;
    }

    private boolean affects(String other) {
      return gym.isEmpty() || gym.get().equals(other);
    }
  }

  /// @param gym the affected one; empty for all
  synchronized Disruption begin(Optional<String> gym) {
    Disruption begun = new Disruption(gym, clock.instant());
    all.add(begun);
    return begun;
  }

  synchronized void end(Disruption begun) {
    begun.to = clock.instant();
  }

  /// Ends the disruption when the gateways have reconnected, which takes as long as their
  /// backoff, and had time to send everything. Returns immediately.
  void endAfterReconnect(Disruption disruption, List<GymProcesses> gyms) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (!gyms.stream().allMatch(GymProcesses::isConnectedToCloud)) {
                  TimeUnit.NANOSECONDS.sleep(CONNECTION_CHECK.toNanos());
                }
                for (double left = CATCH_UP_TIME.toNanos();
                    left > 0;
                    left -= CONNECTION_CHECK.toNanos() / slowdowns.latest()) {
                  TimeUnit.NANOSECONDS.sleep(CONNECTION_CHECK.toNanos());
                }
                end(disruption);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /// Whether there was an undisturbed period of this length between two times.
  boolean undisturbedFor(Duration length, String gym, Instant from, Instant to) {
    return undisturbedFor(length, gym, from, to, new Slowdowns());
  }

  /// Whether there was an undisturbed period between two times that was long enough for work that
  /// takes `length` on an unloaded machine.
  synchronized boolean undisturbedFor(
      Duration length, String gym, Instant from, Instant to, Slowdowns load) {
    List<Disruption> ours = all.stream().filter(it -> it.affects(gym)).toList();
    Instant start = from;
    while (!load.after(start, length).isAfter(to)) {
      Instant begins = start;
      Instant ends = load.after(start, length);
      Optional<Instant> next =
          ours.stream()
              .filter(it -> it.from.isBefore(ends) && it.to.isAfter(begins))
              .map(it -> it.to)
              .max(Instant::compareTo);
      if (next.isEmpty()) {
        return true;
      }
      if (next.get().equals(Instant.MAX)) {
        return false;
      }
      start = next.get();
    }
    return false;
  }

  /// The start of the undisturbed period that contains an instant: the end of the last
  /// disruption, or the epoch if there was none. Empty if there is a disruption at that instant.
  synchronized Optional<Instant> undisturbedSince(String gym, Instant instant) {
    Instant since = Instant.EPOCH;
    for (Disruption it : all) {
      if (it.affects(gym) && it.from.isBefore(instant)) {
        if (it.to.isAfter(instant)) {
          return Optional.empty();
        }
        since = it.to.isAfter(since) ? it.to : since;
      }
    }
    return Optional.of(since);
  }
}
