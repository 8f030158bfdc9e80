package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.mqtt.TopicFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Finds the values of all filters that match a topic: filters without wildcard by a map, the
/// others one by one. Not thread-safe.
final class TopicIndex<T> {
  private final Map<String, List<T>> exact = new HashMap<>();
  private final List<Entry<T>> wildcards = new ArrayList<>();

  private record Entry<T>(TopicFilter filter, T value) {}

  void add(TopicFilter filter, T value) {
    if (filter.hasWildcard()) {
      wildcards.add(new Entry<>(filter, value));
    } else {
      exact.computeIfAbsent(filter.text(), _ -> new ArrayList<>()).add(value);
    }
  }

  void forEach(String topic, Consumer<T> action) {
    exact.getOrDefault(topic, List.of()).forEach(action);
    for (Entry<T> entry : wildcards) {
      if (entry.filter.matches(topic)) {
        action.accept(entry.value);
      }
    }
  }
}
