package io.gympulse.local.rules;

import java.util.List;

/// An MQTT topic filter: `+` stands for one level, a last `#` for any number of levels, none too.
public record TopicFilter(String text) {

  public TopicFilter {
    List<String> levels = levels(text);
    for (int i = 0; i < levels.size(); i++) {
      String level = levels.get(i);
      boolean hash = level.contains("#");
      if ((hash && (level.length() > 1 || i < levels.size() - 1))
          || (level.contains("+") && level.length() > 1)
          || text.isEmpty()) {
        throw new IllegalArgumentException("'" + text + "' is not a topic filter");
      }
    }
  }

  /// Whether the topic falls under this filter. A leading wildcard never covers `$` topics.
  public boolean matches(String topic) {
    List<String> filter = levels(text);
    List<String> levels = levels(topic);
    if (topic.startsWith("$") && !text.startsWith("$")) {
      return false;
    }
    for (int i = 0; i < filter.size(); i++) {
      String level = filter.get(i);
      if (level.equals("#")) {
        return true;
      }
      if (i >= levels.size() || !(level.equals("+") || level.equals(levels.get(i)))) {
        return false;
      }
    }
    return filter.size() == levels.size();
  }

  private static List<String> levels(String topic) {
    return List.of(topic.split("/", -1));
  }
}
