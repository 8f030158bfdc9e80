package io.gympulse.cloud.api.http;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.text.UnicodeText;

/// Where in a request the invalid value is, as a problem's `errors` name it.
///
/// @param member the JSON member of the error: `parameter`, `header` or `pointer`
/// @param name at most 60 characters of what the client sent
public record RequestLocation(String member, String name) {
  private static final int MAX_CHARS = 60;

  public RequestLocation {
    name = UnicodeText.abridged(name, MAX_CHARS);
  }

  /// A part of the path, or a query parameter.
  public static RequestLocation parameter(String name) {
    return new RequestLocation("parameter", name);
  }

  public static RequestLocation header(String name) {
    return new RequestLocation("header", name);
  }

  /// A value of the body.
  ///
  /// @param pointer a JSON pointer such as `/channels/0/type`; empty for the whole body
  public static RequestLocation body(String pointer) {
    return new RequestLocation("pointer", "#" + pointer);
  }

  /// A member of the body whose name the client chose.
  public static RequestLocation member(String name) {
    return body(JsonPointer.empty().appendProperty(name).toString());
  }

  void writeTo(ObjectNode error) {
    error.put(member, name);
  }

  @Override
  public String toString() {
    return name;
  }
}
