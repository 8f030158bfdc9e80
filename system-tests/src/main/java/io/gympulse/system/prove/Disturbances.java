package io.gympulse.system.prove;

import io.gympulse.system.rig.Branch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// When not everything that a gym needs was running: its gateway, its link, its clock, or the
/// cloud. Thread-safe.
final class Disturbances {
  /// What a gateway takes to tell all once it is connected again; real time.
  private static final Duration REUNION = Duration.ofSeconds(3);

  private static final Duration CONNECTION_CHECK = Duration.ofMillis(50);

  private final InstantSource clock;
  private final Slowdowns slowdowns;
  private final List<Disturbance> all = new ArrayList<>();

  /// On a machine that is never slowed.
  ///
  /// @param clock the one that the processes run by
  Disturbances(InstantSource clock) {
    this(clock, new Slowdowns());
  }

  /// @param clock the one that the processes run by
  /// @param slowdowns what a reunion is stretched by; may go on growing
  Disturbances(InstantSource clock, Slowdowns slowdowns) {
    this.clock = clock;
    this.slowdowns = slowdowns;
  }

  /// One of them, from its beginning to its end.
  static final class Disturbance {
    private final Optional<String> gym;
    private final Instant from;
    private Instant to = Instant.MAX;

    private Disturbance(Optional<String> gym, Instant from) {
      this.gym = gym;
      this.from = from;
    }

    private boolean concerns(String other) {
      return gym.isEmpty() || gym.get().equals(other);
    }
  }

  /// @param gym whose; empty for all
  synchronized Disturbance begin(Optional<String> gym) {
    Disturbance begun = new Disturbance(gym, clock.instant());
    all.add(begun);
    return begun;
  }

  synchronized void end(Disturbance begun) {
    begun.to = clock.instant();
  }

  /// Ends it when the gateways are connected again and had time to tell all: one waits before it
  /// tries again, the longer the more often it failed. Returns at once.
  void endAfterReunion(Disturbances.Disturbance disturbance, List<Branch> branches) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (!branches.stream().allMatch(Branch::reachesCloud)) {
                  TimeUnit.NANOSECONDS.sleep(CONNECTION_CHECK.toNanos());
                }
                for (double left = REUNION.toNanos();
                    left > 0;
                    left -= CONNECTION_CHECK.toNanos() / slowdowns.latest()) {
                  TimeUnit.NANOSECONDS.sleep(CONNECTION_CHECK.toNanos());
                }
                end(disturbance);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /// Whether there was a calm stretch of this length between the two.
  boolean calmFor(Duration length, String gym, Instant from, Instant to) {
    return calmFor(length, gym, from, to, new Slowdowns());
  }

  /// Whether there was a calm stretch between the two that was long enough for what takes `length`
  /// on the unloaded machine.
  synchronized boolean calmFor(
      Duration length, String gym, Instant from, Instant to, Slowdowns stretching) {
    List<Disturbance> ours = all.stream().filter(it -> it.concerns(gym)).toList();
    Instant start = from;
    while (!stretching.after(start, length).isAfter(to)) {
      Instant begins = start;
      Instant ends = stretching.after(start, length);
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

  /// Since when nothing was disturbed, up to a moment; the beginning of time if nothing ever was;
  /// empty if something is at that moment.
  synchronized Optional<Instant> calmSince(String gym, Instant moment) {
    Instant since = Instant.EPOCH;
    for (Disturbance it : all) {
      if (it.concerns(gym) && it.from.isBefore(moment)) {
        if (it.to.isAfter(moment)) {
          return Optional.empty();
        }
        since = it.to.isAfter(since) ? it.to : since;
      }
    }
    return Optional.of(since);
  }
}
