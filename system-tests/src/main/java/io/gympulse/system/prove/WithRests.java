package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Of no free period that begins within the cooldown after one was told.
record WithRests(Duration cooldown) implements Agreement {

  @Override
  public String name() {
    return "with-rests";
  }

  @Override
  public void ask(ObjectNode alert) {
    alert.put("repeat", true).put("cooldown", cooldown.toSeconds());
  }

  @Override
  public Alerting judge(List<FreePeriod> periods, Calm calm, List<Telling> tellings) {
    List<FreePeriod> due =
        periods.stream()
            .filter(calm::hadToBeNoticed)
            .filter(period -> tellings.stream().noneMatch(it -> mayRest(period, it)))
            .toList();
    List<FreePeriod> missed = new ArrayList<>(due);
    missed.removeIf(period -> tellings.stream().anyMatch(it -> it.tellsOf(period)));
    int against = (int) tellings.stream().filter(it -> isTooSoon(it, tellings, calm)).count();
    return new Alerting(due.size(), tellings.size(), List.copyOf(missed), against, Set.of());
  }

  /// The cooldown may have begun as late as when the member was told.
  private boolean mayRest(FreePeriod period, Telling earlier) {
    return earlier.machine().equals(period.machine())
        && earlier.since().isBefore(period.from())
        && period.from().isBefore(earlier.at().plus(cooldown));
  }

  /// The cooldown cannot have begun before the free period that was told.
  private boolean isTooSoon(Telling telling, List<Telling> all, Calm calm) {
    return all.stream()
        .filter(it -> it.machine().equals(telling.machine()) && calm.isNoted(it))
        .anyMatch(
            it ->
                it.since().isBefore(telling.since())
                    && telling.since().isBefore(it.since().plus(cooldown)));
  }
}
