package io.gympulse.edge.screen;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files of a page, read from the jar at the start. Immutable.
final class StaticFiles {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, StaticFile> files = new HashMap<>();

  /// One file and what it is.
  static final class StaticFile {
    private final String type;
    private final byte[] content;

    private StaticFile(String type, byte[] content) {
      this.type = type;
      this.content = content;
    }

    void sendTo(ScreenRequest request) throws IOException {
      request.respond(200, type, content);
    }
  }

  /// @param folder of the class path, with a slash at both ends
  StaticFiles(String folder, List<String> names) {
    for (String name : names) {
      files.put(name, read(folder + name));
    }
  }

  private static StaticFile read(String resource) {
    try (InputStream file = StaticFiles.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalStateException("%s is missing from the jar".formatted(resource));
      }
      String ending = resource.substring(resource.lastIndexOf('.') + 1);
      return new StaticFile(
          TYPES.getOrDefault(ending, "application/octet-stream"), file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read from the jar".formatted(resource), e);
    }
  }

  Optional<StaticFile> find(String name) {
    return Optional.ofNullable(files.get(name));
  }
}
