package io.gympulse.local.shadow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.process.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Shadows in a directory, in files `{thing}/{shadow}.json` that are replaced atomically. A shadow
/// must be written by one thread at a time.
final class ShadowStore {

  private final Path directory;

  ShadowStore(Path directory) {
    this.directory = directory;
  }

  Shadow read(String thing, String shadow) throws IOException {
    Path file = file(thing, shadow);
    if (!Files.exists(file)) {
      return Shadow.NONE;
    }
    if (!(ShadowStep.JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode json)) {
      throw new IOException(file + " is not a shadow; delete it to start with an empty shadow");
    }
    return new Shadow(
        Merge.objectAt(json, "state"),
        Merge.objectAt(json, "metadata"),
        json.path("version").asLong(),
        json.path("timestamp").asLong(),
        json.path("deleted").asBoolean());
  }

  void write(String thing, String name, Shadow shadow) throws IOException {
    DurableFile.makeFolders(directory.resolve(thing));
    ObjectNode json = ShadowStep.JSON.createObjectNode();
    json.set("state", shadow.state());
    json.set("metadata", shadow.metadata());
    json.put("version", shadow.version());
    json.put("timestamp", shadow.timestamp());
    json.put("deleted", shadow.deleted());
    DurableFile.write(file(thing, name), ShadowStep.JSON.writeValueAsBytes(json));
  }

  private Path file(String thing, String shadow) {
    return directory.resolve(thing).resolve(shadow + ".json");
  }
}
