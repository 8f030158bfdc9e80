package io.gympulse.contract.mqtt;

import java.util.List;
import java.util.Optional;

/// Where an edge node of Sparkplug B, or a device behind it, publishes.
///
/// @param group the node's group
/// @param name the node
/// @param device empty for the node itself
public record SparkplugAddress(String group, String name, Optional<String> device) {
  private static final String NAMESPACE = "spBv1.0";

  /// @throws IllegalArgumentException if a part is blank or has a character that no topic level has
  public SparkplugAddress {
    for (String part : List.of(group, name, device.orElse("-"))) {
      if (part.isBlank() || part.matches(".*[/+#].*")) {
        throw new IllegalArgumentException(
            "'%s' names no group, node or device of Sparkplug".formatted(part));
      }
    }
  }

  /// Reads `group/node` or `group/node/device`; empty if the text has another form.
  public static Optional<SparkplugAddress> parse(String text) {
    return of(List.of(text.split("/", -1)));
  }

  /// The address whose data a topic has; empty if it is no such topic.
  public static Optional<SparkplugAddress> ofDataTopic(String topic) {
    List<String> levels = List.of(topic.split("/", -1));
    if (levels.size() < 4
        || !levels.get(0).equals(NAMESPACE)
        || !levels.get(2).equals(levels.size() == 4 ? "NDATA" : "DDATA")) {
      return Optional.empty();
    }
    return parse(levels.get(1) + "/" + String.join("/", levels.subList(3, levels.size())));
  }

  private static Optional<SparkplugAddress> of(List<String> parts) {
    if (parts.size() < 2 || parts.size() > 3) {
      return Optional.empty();
    }
    try {
      Optional<String> device = parts.size() == 3 ? Optional.of(parts.get(2)) : Optional.empty();
      return Optional.of(new SparkplugAddress(parts.get(0), parts.get(1), device));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// The node itself.
  public SparkplugAddress node() {
    return new SparkplugAddress(group, name, Optional.empty());
  }

  public String dataTopic() {
    return topic("DATA");
  }

  public String birthTopic() {
    return topic("BIRTH");
  }

  public String deathTopic() {
    return topic("DEATH");
  }

  public String commandTopic() {
    return topic("CMD");
  }

  /// Whether a topic has birth certificates.
  public static boolean isBirthTopic(String topic) {
    return topic.contains("/NBIRTH/") || topic.contains("/DBIRTH/");
  }

  private String topic(String type) {
    return "%s/%s/%s%s/%s%s"
        .formatted(
            NAMESPACE,
            group,
            device.isPresent() ? "D" : "N",
            type,
            name,
            device.map(it -> "/" + it).orElse(""));
  }
}
