package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Of one free period, then never again. One that was told, but not noted because the cloud was
/// killed, may be followed by another.
record OnlyOnce() implements Agreement {

  @Override
  public String name() {
    return "only-once";
  }

  @Override
  public void ask(ObjectNode alert) {
    alert.put("repeat", false);
  }

  @Override
  public Alerting judge(List<FreePeriod> periods, Calm calm, List<Telling> tellings) {
    Map<String, List<Telling>> byMachine =
        tellings.stream().collect(Collectors.groupingBy(Telling::machine));
    Map<String, List<FreePeriod>> due =
        periods.stream()
            .filter(calm::hadToBeNoticed)
            .collect(Collectors.groupingBy(FreePeriod::machine));
    List<FreePeriod> missed =
        due.entrySet().stream()
            .filter(it -> !byMachine.containsKey(it.getKey()))
            .map(it -> it.getValue().getFirst())
            .toList();
    int against = byMachine.values().stream().mapToInt(it -> beyondTheFirst(it, calm)).sum();
    return new Alerting(due.size(), byMachine.size(), missed, against, Set.of());
  }

  private static int beyondTheFirst(List<Telling> ofMachine, Calm calm) {
    Set<String> noted = new HashSet<>();
    int beyond = 0;
    for (Telling telling : ofMachine) {
      beyond += !noted.isEmpty() && !noted.contains(telling.delivery()) ? 1 : 0;
      if (calm.isNoted(telling)) {
        noted.add(telling.delivery());
      }
    }
    return beyond;
  }
}
