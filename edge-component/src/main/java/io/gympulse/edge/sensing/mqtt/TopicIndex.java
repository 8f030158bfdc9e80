package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.mqtt.TopicFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Finds what is meant by a topic: at once if it was named exactly, else filter by filter. Safe to
/// read from several threads once filled.
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
