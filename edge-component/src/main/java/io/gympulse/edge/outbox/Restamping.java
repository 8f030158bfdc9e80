package io.gympulse.edge.outbox;

import io.gympulse.contract.event.TimeQuality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Settles when boots began that ended before any synchronised clock told: between the last moment
/// known before them and the start of the next known boot. Within a boot all durations are kept,
/// the boots stay in order, and each is placed as late as possible. What would come to lie before
/// the last known moment lies upon it.
final class Restamping {
  private Restamping() {}

  /// @param spans the moments known of each boot
  /// @return the same boots; each that has a known one after it has its start
  static Boots settled(Boots boots, Function<Boot, Boots.Span> spans) {
    List<Boot> settled = new ArrayList<>(boots.inOrder());
    Optional<Instant> next = Optional.empty();
    for (int i = settled.size() - 1; i >= 0; i--) {
      Boot boot = settled.get(i);
      if (boot.start().isEmpty() && next.isPresent()) {
        Instant start = next.get().minus(spans.apply(boot).last());
        Instant floor = floor(settled.subList(0, i), spans);
        settled.set(i, boot.startedAt(new Boot.Start(start, TimeQuality.BOUNDED, floor)));
      }
      Boot placed = settled.get(i);
      next = placed.start().map(it -> it.wall(spans.apply(placed).first()));
    }
    return new Boots(List.copyOf(settled));
  }

  private static Instant floor(List<Boot> before, Function<Boot, Boots.Span> spans) {
    return before.stream()
        .flatMap(boot -> boot.start().stream().map(it -> it.wall(spans.apply(boot).last())))
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }
}
