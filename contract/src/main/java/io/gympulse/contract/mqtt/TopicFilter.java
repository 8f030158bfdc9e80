package io.gympulse.contract.mqtt;

import java.nio.charset.StandardCharsets;

/// A valid MQTT topic filter: `+` matches any one level, `#` at the end any number of levels, zero
/// included. Without wildcards it is a topic. Immutable.
public record TopicFilter(String text) {
  private static final int LONGEST_BYTES = 65_535;

  /// @throws IllegalArgumentException if the text is not a valid filter
  public TopicFilter {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a topic is blank; give the one the device publishes on");
    }
    if (text.indexOf('\0') >= 0 || text.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
      throw new IllegalArgumentException(
          "a topic has a null character or more than 65535 bytes; no broker takes it");
    }
    if (text.startsWith("$share/")) {
      throw new IllegalArgumentException(
          "topic '%s' is shared with other readers, who would take messages away; leave out '$share/' and the name that follows it"
              .formatted(text));
    }
    String[] levels = text.split("/", -1);
    for (int i = 0; i < levels.length; i++) {
      if (levels[i].length() > 1 && (levels[i].contains("+") || levels[i].contains("#"))) {
        throw new IllegalArgumentException(
            "topic '%s': a wildcard stands for a whole level; write '/+/' or a final '/#'"
                .formatted(text));
      }
      if (levels[i].equals("#") && i < levels.length - 1) {
        throw new IllegalArgumentException(
            "topic '%s': nothing may follow '#'; move it to the end or use '+'".formatted(text));
      }
    }
  }

  public boolean hasWildcard() {
    return text.indexOf('+') >= 0 || text.indexOf('#') >= 0;
  }

  /// Whether the filter matches a topic. Allocates nothing.
  public boolean matches(String topic) {
    if (topic.startsWith("$") && beginsWithWildcard()) {
      return false;
    }
    int at = 0;
    int topicAt = 0;
    while (true) {
      int end = end(text, at);
      int topicEnd = end(topic, topicAt);
      if (is('#', at, end)) {
        return true;
      }
      if (!is('+', at, end) && !same(at, end, topic, topicAt, topicEnd)) {
        return false;
      }
      if (topicEnd == topic.length()) {
        return end == text.length() || text.startsWith("/#", end);
      }
      if (end == text.length()) {
        return false;
      }
      at = end + 1;
      topicAt = topicEnd + 1;
    }
  }

  /// Whether this filter matches every topic that the other one matches.
  public boolean covers(TopicFilter other) {
    if (other.text.startsWith("$") && beginsWithWildcard()) {
      return false;
    }
    String[] levels = text.split("/", -1);
    String[] others = other.text.split("/", -1);
    for (int i = 0; i < Math.min(levels.length, others.length); i++) {
      if (levels[i].equals("#")) {
        return true;
      }
      if (others[i].equals("#") || !(levels[i].equals("+") || levels[i].equals(others[i]))) {
        return false;
      }
    }
    return levels.length == others.length || isParent(others, levels);
  }

  /// Whether some topic is matched by both.
  public boolean overlaps(TopicFilter other) {
    if ((text.startsWith("$") && other.beginsWithWildcard())
        || (other.text.startsWith("$") && beginsWithWildcard())) {
      return false;
    }
    String[] levels = text.split("/", -1);
    String[] others = other.text.split("/", -1);
    for (int i = 0; i < Math.min(levels.length, others.length); i++) {
      if (levels[i].equals("#") || others[i].equals("#")) {
        return true;
      }
      if (!levels[i].equals("+") && !others[i].equals("+") && !levels[i].equals(others[i])) {
        return false;
      }
    }
    return levels.length == others.length || isParent(levels, others) || isParent(others, levels);
  }

  /// Whether the longer one only adds a `#`, which matches zero levels, too.
  private static boolean isParent(String[] shorter, String[] longer) {
    return longer.length == shorter.length + 1 && longer[shorter.length].equals("#");
  }

  /// A topic that the filter matches.
  ///
  /// @param level replaces each wildcard; itself without a slash or a wildcard
  public String topic(String level) {
    return text.replace("+", level).replace("#", level);
  }

  /// A filter that begins with a wildcard does not match topics that begin with `$`.
  private boolean beginsWithWildcard() {
    return text.startsWith("+") || text.startsWith("#");
  }

  private static int end(String text, int from) {
    int slash = text.indexOf('/', from);
    return slash < 0 ? text.length() : slash;
  }

  private boolean is(char wildcard, int from, int to) {
    return to - from == 1 && text.charAt(from) == wildcard;
  }

  private boolean same(int from, int to, String topic, int topicFrom, int topicTo) {
    return to - from == topicTo - topicFrom
        && text.regionMatches(from, topic, topicFrom, to - from);
  }

  @Override
  public String toString() {
    return text;
  }
}
