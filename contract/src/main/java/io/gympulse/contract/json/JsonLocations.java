package io.gympulse.contract.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Where the fields and elements of a JSON text begin, by the paths of [JsonCursor]: a field at its
/// name. Not thread-safe.
public final class JsonLocations {
  private static final JsonFactory JSON = new JsonFactory();

  private final Set<String> wanted;
  private final Map<String, Location> found = new HashMap<>();

  /// A place in a text; line and column count from 1.
  public record Location(int line, int column) {
    static Location of(JsonLocation location) {
      return new Location(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }
  }

  private JsonLocations(Set<String> wanted) {
    this.wanted = wanted;
  }

  /// The location of each path, or of the innermost part of it that there is: of `a.b` that of `a`
  /// if it has no `b`.
  ///
  /// @param json a text that is JSON; of other texts, only what precedes the error is found
  public static Map<String, Location> of(String json, Collection<String> paths) {
    Set<String> wanted = new HashSet<>();
    for (String path : paths) {
      for (String part = path; wanted.add(part) && !part.isEmpty(); ) {
        part = outer(part);
      }
    }
    JsonLocations locations = new JsonLocations(wanted);
    locations.search(json);
    Map<String, Location> result = new HashMap<>();
    paths.forEach(it -> result.put(it, locations.nearest(it)));
    return result;
  }

  private static String outer(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }

  private Location nearest(String path) {
    String part = path;
    while (!found.containsKey(part) && !part.isEmpty()) {
      part = outer(part);
    }
    return found.getOrDefault(part, new Location(1, 1));
  }

  private void search(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != null) {
        found.put("", Location.of(parser.currentTokenLocation()));
        search(parser, "");
      }
    } catch (IOException e) {
      // Whoever reads the text reports what is wrong with it.
      found.putIfAbsent("", new Location(1, 1));
    }
  }

  /// Searches the value at which the parser is, to its end.
  private void search(JsonParser parser, String path) throws IOException {
    if (!wanted.contains(path)) {
      var _ = parser.skipChildren();
    } else if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        String field = path.isEmpty() ? name : path + "." + name;
        found.putIfAbsent(field, Location.of(parser.currentTokenLocation()));
        parser.nextToken();
        search(parser, field);
      }
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        String element = path + "[" + i + "]";
        found.putIfAbsent(element, Location.of(parser.currentTokenLocation()));
        search(parser, element);
      }
    }
  }
}
