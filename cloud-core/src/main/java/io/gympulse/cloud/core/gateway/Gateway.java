package io.gympulse.cloud.core.gateway;

import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.arrears.Arrears;
import io.gympulse.cloud.core.arrears.Due;
import io.gympulse.cloud.core.arrears.Horizon;
import io.gympulse.cloud.core.arrears.Mark;
import io.gympulse.cloud.core.coverage.Coverage;
import io.gympulse.cloud.core.coverage.Interval;
import io.gympulse.cloud.core.presence.GatewayPresence;
import io.gympulse.cloud.core.presence.Heard;
import io.gympulse.contract.id.GatewayAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All that is kept of a gateway beside its events: whether it is heard from, the time it has
/// proven, and what aggregation owes. Pure: time comes in as an argument.
///
/// @param presence empty if it was never heard, though a machine of its plan reported by itself
public record Gateway(
    GatewayAddress address,
    Optional<GatewayPresence> presence,
    Coverage coverage,
    Arrears arrears) {

  /// The most outboxes whose proven time is kept. An outbox lasts as long as its gateway's disk.
  public static final int MOST_OUTBOXES = 64;

  /// Nothing is known of it yet.
  public static Gateway unheard(GatewayAddress address) {
    return new Gateway(address, Optional.empty(), Coverage.NONE, Arrears.NONE);
  }

  public static Gateway of(GatewayPresence presence) {
    return new Gateway(presence.gateway(), Optional.of(presence), Coverage.NONE, Arrears.NONE);
  }

  /// What is known after some messages. It is equal to what was known if they tell too little to be
  /// worth a write: a later sign of life counts only if it is later by a tenth of `offlineAfter`.
  ///
  /// Events count as late if the coverage *before* these messages contains them: no aggregation can
  /// have computed more than that without them.
  ///
  /// @param offlineAfter how long a silence may be
  public static Gateway after(Optional<Gateway> known, GatewayNews news, Duration offlineAfter) {
    Gateway before = known.orElseGet(() -> unheard(news.gateway()));
    Optional<GatewayPresence> presence = before.presence;
    for (Heard heard : news.heard()) {
      presence = Optional.of(GatewayPresence.after(presence, heard, offlineAfter));
    }
    boolean worthIt = presence.isPresent() && before.isNews(presence.get(), offlineAfter);
    Set<Mark> marks = before.late(news);
    Coverage coverage = before.coverage.joinWithin(news.coverage(), MOST_OUTBOXES);
    Arrears arrears = before.arrears.onlyOf(coverage);
    return new Gateway(
        news.gateway(),
        worthIt ? presence : before.presence,
        coverage,
        marks.isEmpty() ? arrears : arrears.marked(marks));
  }

  private boolean isNews(GatewayPresence next, Duration offlineAfter) {
    if (presence.isEmpty()) {
      return true;
    }
    GatewayPresence kept = presence.get();
    return kept.online() != next.online()
        || kept.outboxDepth() != next.outboxDepth()
        || !kept.gateway().equals(next.gateway())
        || !next.lastHeardAt().isBefore(kept.lastHeardAt().plus(offlineAfter.dividedBy(10)));
  }

  private Set<Mark> late(GatewayNews news) {
    Set<Mark> marks = new HashSet<>(news.marks());
    List<Interval> covered = coverage.covered();
    if (!covered.isEmpty()) {
      news.stored().stream()
          .filter(event -> covered.stream().anyMatch(it -> it.contains(event.at())))
          .forEach(it -> marks.add(new Mark(it.category(), Window.of(it.at()))));
    }
    return marks;
  }

  /// What is known when nothing was heard until `now`.
  public Gateway silentUntil(Instant now, Duration offlineAfter) {
    return new Gateway(
        address, presence.map(it -> it.silentUntil(now, offlineAfter)), coverage, arrears);
  }

  /// What aggregation can compute now, where events expire by the same clock.
  public Due due(Instant now) {
    return arrears.due(coverage, Horizon.at(now));
  }

  /// The oldest portion of what aggregation can compute.
  ///
  /// @param most how many windows
  public Due due(Horizon horizon, int most) {
    return arrears.due(coverage, horizon, most);
  }

  /// How many windows that is in all; costs the same, however many they are.
  public long dueWindows(Horizon horizon) {
    return arrears.dueWindows(coverage, horizon);
  }

  /// What is left once all of `done` is computed and stored.
  public Gateway settled(Due done) {
    return new Gateway(address, presence, coverage, arrears.settled(done));
  }
}
