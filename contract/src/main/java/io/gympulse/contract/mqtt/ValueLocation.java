package io.gympulse.contract.mqtt;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where a payload holds a value.
public sealed interface ValueLocation {

  /// A JSON pointer (RFC 6901) into a payload, such as `/params/input:0/state`; the empty text is
  /// the whole payload, `~1` stands for a slash within a name and `~0` for a tilde.
  record PayloadPointer(String text) {
    private static final Pattern FORM = Pattern.compile("(/([^~/]|~[01])*)*+");

    /// @throws IllegalArgumentException if the text is not a JSON pointer
    public PayloadPointer {
      if (text.length() > 1_000 || !FORM.matcher(text).matches()) {
        throw new IllegalArgumentException(
            ("'%s' is not a JSON pointer (RFC 6901); begin each name with '/', and write '~1' for a slash"
                    + " and '~0' for a tilde within a name")
                .formatted(text.length() > 80 ? text.substring(0, 80) + "…" : text));
      }
    }

    /// The field of this name in a payload that is an object, or of the last of these names in
    /// nested objects, outermost first.
    public static PayloadPointer toField(String... names) {
      return new PayloadPointer(
          Arrays.stream(names)
              .map(it -> "/" + it.replace("~", "~0").replace("/", "~1"))
              .collect(Collectors.joining()));
    }

    /// The names in the path, outermost first.
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

  /// The payload is the value, as UTF-8 text; surrounding blanks are ignored.
  record WholeText() implements ValueLocation {}

  /// The payload is JSON and holds the value at the pointer.
  record InJson(PayloadPointer pointer) implements ValueLocation {}

  /// The payload is JSON and holds the value at the pointer, or else is the value itself.
  record InJsonOrWholeText(PayloadPointer pointer) implements ValueLocation {}
}
