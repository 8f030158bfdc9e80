package io.gympulse.edge.binding;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the candidate that is on a machine by what changes while somebody moves the machine.
///
/// Each touch is a window of [#WINDOW]. For each candidate, the likelihood of its activity in the
/// window if it is on the machine is compared with that of its own background ([ActivityCounts]),
/// which is measured in slots of the same length between the windows. The ratios of all windows of
/// one machine are multiplied; with equal priors they give the probability of each candidate, and
/// of the case that the machine's sensor is none of them. A verdict is certain from
/// [#CERTAIN] on, if the sensor has changed more than once; below, another touch is needed.
///
/// It is deterministic: times come in with each call and must not decrease. Not thread-safe.
public final class TouchMatcher {
  /// The length of a touch, and of a slot of the background.
  public static final Duration WINDOW = Duration.ofSeconds(3);

  /// The probability from which a candidate is bound without a further touch.
  public static final double CERTAIN = 0.9999;

  /// Touches without any activity after which the machine's sensor counts as missing.
  private static final int SILENT_TOUCHES = 2;

  /// How likely a sensor has which level of activity while its machine is moved back and forth.
  private static final double[] TOUCHED = {0.03, 0.25, 0.34, 0.38};

  /// How likely a sensor that is still away from its rest, as a motion sensor is for a minute, does
  /// not change in a further touch.
  private static final double HELD = 0.5;

  /// That the sensor is none of the candidates, against any one of them.
  private static final double PRIOR_NONE = 0.5;

  /// That the sensor is one that was bound to another machine, against a free one.
  private static final double PRIOR_TAKEN = 0.1;

  private static final double SHOWN_FROM = 0.001;
  private static final int MAX_RANKED = 5;

  private final Map<String, Candidate> candidates = new LinkedHashMap<>();
  private final ActivityCounts together = new ActivityCounts();
  private Instant slotStart;
  private int slots;
  private Optional<Instant> touch = Optional.empty();
  private int touches;

  /// What is known of one candidate.
  private static final class Candidate {
    final ActivityCounts background = new ActivityCounts();
    int inSlot;
    int inTouches;
    int sinceFirstTouch;
    double logRatio;

    /// Whether it changed once and has not come back.
    boolean held() {
      return sinceFirstTouch % 2 == 1;
    }

    void count(double[] common, int slots) {
      int level = ActivityCounts.level(inSlot);
      double touched = level == 0 && held() ? HELD : TOUCHED[level];
      inTouches += inSlot;
      logRatio += Math.log(touched / background.probability(level, common[level], slots));
    }
  }

  /// A candidate and how probable it is that it is on the machine.
  public record Ranked(String candidate, double probability) {}

  /// What the touches so far say.
  public sealed interface Verdict {

    /// The machine has not been touched yet, or a touch is under way.
    record Pending() implements Verdict {}

    record Certain(Ranked found) implements Verdict {}

    /// The sensor that changes is bound to another machine.
    record Taken(Ranked found) implements Verdict {}

    /// Another touch is needed.
    ///
    /// @param ranked the most probable ones, best first; may be empty
    record Unsure(List<Ranked> ranked) implements Verdict {
      public Unsure {
        ranked = List.copyOf(ranked);
      }
    }

    /// Nothing that is seen is on the machine.
    record Missing() implements Verdict {}
  }

  /// @param start from when on changes are reported
  public TouchMatcher(Instant start) {
    this.slotStart = start;
  }

  /// Adds a candidate, if it is new. It counts as having been silent so far.
  public void add(String candidate) {
    var _ = candidates.computeIfAbsent(candidate, _ -> new Candidate());
  }

  /// The value of a candidate has changed.
  public void changed(String candidate, Instant at) {
    advance(at);
    Candidate changed = candidates.computeIfAbsent(candidate, _ -> new Candidate());
    changed.inSlot++;
    if (touches > 0 || touch.isPresent()) {
      changed.sinceFirstTouch++;
    }
  }

  /// Somebody begins to move the machine. No effect during a touch.
  public void beginTouch(Instant at) {
    advance(at);
    if (touch.isEmpty()) {
      clearSlot(at);
      touch = Optional.of(at);
    }
  }

  /// When the present touch ends; empty if there is none.
  public Optional<Instant> touchEnds() {
    return touch.map(it -> it.plus(WINDOW));
  }

  /// Touches of this machine that have ended.
  public int touches() {
    return touches;
  }

  /// Forgets the touches, for the next machine. What was learned of the background remains.
  public void nextMachine(Instant at) {
    advance(at);
    if (touch.isPresent()) {
      clearSlot(at);
      touch = Optional.empty();
    }
    touches = 0;
    candidates
        .values()
        .forEach(
            it -> {
              it.logRatio = 0;
              it.inTouches = 0;
              it.sinceFirstTouch = 0;
            });
  }

  /// Ends the touch and the slots of the background that are over.
  public void advance(Instant now) {
    if (touch.isPresent()) {
      Instant end = touch.get().plus(WINDOW);
      if (now.isBefore(end)) {
        return;
      }
      double[] common = common();
      candidates.values().forEach(it -> it.count(common, slots));
      touches++;
      touch = Optional.empty();
      clearSlot(end);
    }
    long over = Duration.between(slotStart, now).dividedBy(WINDOW);
    if (over > 0) {
      candidates.values().stream()
          .filter(it -> it.inSlot > 0)
          .forEach(
              it -> {
                it.background.add(it.inSlot);
                together.add(it.inSlot);
              });
      slots = (int) Math.min(Integer.MAX_VALUE / 2, slots + over);
      clearSlot(slotStart.plus(WINDOW.multipliedBy(over)));
    }
  }

  private double[] common() {
    double[] common = new double[ActivityCounts.LEVELS];
    Arrays.setAll(common, it -> together.common(it, (double) slots * candidates.size()));
    return common;
  }

  private void clearSlot(Instant next) {
    candidates.values().forEach(it -> it.inSlot = 0);
    slotStart = next;
  }

  /// @param taken the candidates that are bound to other machines
  public Verdict verdict(Set<String> taken) {
    if (touch.isPresent() || touches == 0) {
      return new Verdict.Pending();
    }
    List<Ranked> ranked = ranked(taken);
    if (!ranked.isEmpty() && isCertain(ranked.getFirst())) {
      Ranked best = ranked.getFirst();
      return taken.contains(best.candidate()) ? new Verdict.Taken(best) : new Verdict.Certain(best);
    }
    List<Ranked> moved =
        ranked.stream()
            .filter(it -> it.probability() >= SHOWN_FROM && moved(it))
            .limit(MAX_RANKED)
            .toList();
    return moved.isEmpty() && touches >= SILENT_TOUCHES
        ? new Verdict.Missing()
        : new Verdict.Unsure(moved);
  }

  /// One change alone may be of a sensor beside the machine, which somebody walked past.
  private boolean isCertain(Ranked ranked) {
    Candidate candidate = candidates.get(ranked.candidate());
    return ranked.probability() >= CERTAIN && candidate != null && candidate.inTouches > 1;
  }

  private boolean moved(Ranked ranked) {
    Candidate candidate = candidates.get(ranked.candidate());
    return candidate != null && candidate.inTouches > 0;
  }

  /// All candidates with their probabilities, best first; the rest to 1 is that it is none of them.
  private List<Ranked> ranked(Set<String> taken) {
    double highest = 0;
    for (Candidate it : candidates.values()) {
      highest = Math.max(highest, it.logRatio);
    }
    Map<String, Double> weights = new HashMap<>();
    double sum = PRIOR_NONE * Math.exp(-highest);
    for (Map.Entry<String, Candidate> it : candidates.entrySet()) {
      double prior = taken.contains(it.getKey()) ? PRIOR_TAKEN : 1;
      double weight = prior * Math.exp(it.getValue().logRatio - highest);
      weights.put(it.getKey(), weight);
      sum += weight;
    }
    List<Ranked> ranked = new ArrayList<>();
    for (Map.Entry<String, Double> it : weights.entrySet()) {
      ranked.add(new Ranked(it.getKey(), it.getValue() / sum));
    }
    ranked.sort(
        Comparator.comparingDouble(Ranked::probability)
            .reversed()
            .thenComparing(Ranked::candidate));
    return ranked;
  }
}
