package io.gympulse.local.shadow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.process.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Shadows in a directory, `{thing}/{shadow}.json`, each replaced as a whole. Callers see to it
/// that one thread at a time writes a shadow.
final class ShadowStore {

  private final Path directory;

  ShadowStore(Path directory) {
    this.directory = directory;
  }

  Shadow read(ShadowTopic topic) throws IOException {
    Path file = file(topic);
    if (!Files.exists(file)) {
      return Shadow.NONE;
    }
    if (!(ShadowStep.JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode json)) {
      throw new IOException(file + " is not a shadow; remove it to start anew");
    }
    return new Shadow(
        Merge.objectAt(json, "state"),
        Merge.objectAt(json, "metadata"),
        json.path("version").asLong(),
        json.path("timestamp").asLong(),
        json.path("deleted").asBoolean());
  }

  void write(ShadowTopic topic, Shadow shadow) throws IOException {
    Path file = file(topic);
    DurableFile.makeFolders(directory.resolve(topic.thing()));
    ObjectNode json = ShadowStep.JSON.createObjectNode();
    json.set("state", shadow.state());
    json.set("metadata", shadow.metadata());
    json.put("version", shadow.version());
    json.put("timestamp", shadow.timestamp());
    json.put("deleted", shadow.deleted());
    DurableFile.write(file, ShadowStep.JSON.writeValueAsBytes(json));
  }

  private Path file(ShadowTopic topic) {
    return directory.resolve(topic.thing()).resolve(topic.shadow() + ".json");
  }
}
