package io.gympulse.local.policy;

import io.gympulse.local.policy.PolicyDocument.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A resource of a policy statement: text with `*` (any run), `?` (any one character) and policy
/// variables.
///
/// A variable's value is matched literally, wildcards included. A pattern with a variable that has
/// no value for the device matches nothing, as in AWS IoT.
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

  /// @throws IllegalArgumentException if a variable is unknown
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

  /// The pattern with the variables' values; empty if a variable has no value.
  Optional<Glob> bind(Variables variables) {
    Glob.Builder glob = new Glob.Builder();
    for (Part part : parts) {
      switch (part) {
        case Part.Text text -> glob.wild(text.wild());
        case Part.Variable variable -> {
          Optional<String> value = value(variable.name(), variables);
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

  private static Optional<String> value(String variable, Variables variables) {
    return switch (variable) {
      case "iot:ClientId" -> Optional.of(variables.clientId());
      // AWS IoT has a value only if the client id is the name of the thing.
      case "iot:Connection.Thing.ThingName" ->
          variables.clientId().equals(variables.thingName())
              ? Optional.of(variables.thingName())
              : Optional.empty();
      default -> attribute(variable, variables);
    };
  }

  private static Optional<String> attribute(String variable, Variables variables) {
    Matcher matcher = ATTRIBUTE.matcher(variable);
    return matcher.matches() && variables.clientId().equals(variables.thingName())
        ? Optional.ofNullable(variables.attributes().get(matcher.group(1)))
        : Optional.empty();
  }
}
