package io.gympulse.contract.mqtt;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// A place in a JSON payload, as RFC 6901 writes it: `/params/input:0/state`; the empty text is the
/// whole payload, `~1` stands for a slash within a name and `~0` for a tilde.
public record PayloadPointer(String text) {
  private static final Pattern FORM = Pattern.compile("(/([^~/]|~[01])*)*+");

  /// @throws IllegalArgumentException if the text is no JSON pointer
  public PayloadPointer {
    if (text.length() > 1_000 || !FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          ("'%s' is no JSON pointer (RFC 6901); begin each name with '/', and write '~1' for a slash"
                  + " and '~0' for a tilde within a name")
              .formatted(text.length() > 80 ? text.substring(0, 80) + "…" : text));
    }
  }

  /// The field of this name in a payload that is an object.
  public static PayloadPointer toField(String name) {
    return new PayloadPointer("/" + name.replace("~", "~0").replace("/", "~1"));
  }

  /// The names on the way, outermost first.
  public List<String> names() {
    return Arrays.stream(text.split("/", -1))
        .skip(1)
        .map(it -> it.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  @Override
  public String toString() {
    return text;
  }
}
