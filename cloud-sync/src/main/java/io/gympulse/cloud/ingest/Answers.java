package io.gympulse.cloud.ingest;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.RejectedRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Merges answers to the same outbox into the fewest acknowledgements that fit a payload.
final class Answers {
  /// Keeps an acknowledgement under 128 KB even if every range is long and every detail too.
  static final int MAX_RANGES = 400;

  private Answers() {}

  /// @param answers all about this outbox
  static List<Acknowledgement> merge(OutboxOf outbox, Collection<Reply.Answer> answers) {
    List<SeqRange> stored =
        SeqRange.union(answers.stream().flatMap(it -> it.stored().stream()).toList());
    NavigableMap<Sequence, SeqRange> byFirst = new TreeMap<>();
    stored.forEach(it -> byFirst.put(it.first(), it));
    List<RejectedRange> rejected =
        answers.stream()
            .flatMap(it -> it.rejected().stream())
            .filter(it -> !holds(byFirst, it.range()))
            .distinct()
            .toList();
    List<Acknowledgement> acknowledgements = new ArrayList<>();
    for (int at = 0; at < Math.max(stored.size(), rejected.size()); at += MAX_RANGES) {
      acknowledgements.add(
          new Acknowledgement(
              outbox.to(),
              outbox.outbox(),
              slice(stored, at),
              slice(rejected, at),
              outbox.sender()));
    }
    return acknowledgements;
  }

  /// Whether another message of the same invocation brought all of it after all.
  private static boolean holds(NavigableMap<Sequence, SeqRange> stored, SeqRange range) {
    Map.Entry<Sequence, SeqRange> before = stored.floorEntry(range.first());
    return before != null && before.getValue().contains(range.last());
  }

  private static <T> List<T> slice(List<T> all, int from) {
    return all.subList(Math.min(from, all.size()), Math.min(from + MAX_RANGES, all.size()));
  }
}
