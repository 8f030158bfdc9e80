package io.gympulse.local.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A resource of a policy statement: text with `*` (any run), `?` (any one character) and policy
/// variables.
///
/// A variable's value is matched literally: wildcards inside it mean nothing. A variable that has
/// no value for a device makes the whole pattern match nothing, as in AWS IoT.
final class ResourcePattern {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("iot:Connection\\.Thing\\.Attributes\\[([A-Za-z0-9_.,@/:#-]+)]");

  private sealed interface Part {
    record Text(String wild) implements Part {}

    record Variable(String name) implements Part {}
  }

  private final List<Part> parts;

  private ResourcePattern(List<Part> parts) {
    this.parts = parts;
  }

  /// @throws IllegalArgumentException if a variable is not one of those that are known
  static ResourcePattern parse(String text) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = VARIABLE.matcher(text);
    int end = 0;
    while (matcher.find()) {
      parts.add(new Part.Text(text.substring(end, matcher.start())));
      parts.add(new Part.Variable(known(matcher.group(1))));
      end = matcher.end();
    }
    parts.add(new Part.Text(text.substring(end)));
    return new ResourcePattern(List.copyOf(parts));
  }

  /// The pattern with the device's values put in; empty if a variable has no value.
  Optional<Glob> bind(Device device) {
    Glob.Builder glob = new Glob.Builder();
    for (Part part : parts) {
      switch (part) {
        case Part.Text text -> glob.wild(text.wild());
        case Part.Variable variable -> {
          Optional<String> value = value(variable.name(), device);
          if (value.isEmpty()) {
            return Optional.empty();
          }
          glob.literal(value.get());
        }
      }
    }
    return Optional.of(glob.build());
  }

  private static String known(String variable) {
    if (variable.equals("iot:ClientId")
        || variable.equals("iot:Connection.Thing.ThingName")
        || ATTRIBUTE.matcher(variable).matches()) {
      return variable;
    }
    throw new IllegalArgumentException(
        "unknown policy variable ${"
            + variable
            + "}; known are iot:ClientId, iot:Connection.Thing.ThingName and"
            + " iot:Connection.Thing.Attributes[name]");
  }

  private static Optional<String> value(String variable, Device device) {
    return switch (variable) {
      case "iot:ClientId" -> Optional.of(device.clientId());
      // AWS IoT knows the thing of a connection by its client id: they have to be the same.
      case "iot:Connection.Thing.ThingName" ->
          device.clientId().equals(device.thingName())
              ? Optional.of(device.thingName())
              : Optional.empty();
      default -> attribute(variable, device);
    };
  }

  private static Optional<String> attribute(String variable, Device device) {
    Matcher matcher = ATTRIBUTE.matcher(variable);
    return matcher.matches() && device.clientId().equals(device.thingName())
        ? Optional.ofNullable(device.attributes().get(matcher.group(1)))
        : Optional.empty();
  }
}
