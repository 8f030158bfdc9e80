package io.gympulse.local.things;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;

/// The last contact of every thing in one file, which a running cloud writes now and then and any
/// process may read. It is as old as the last write if the cloud was killed. A process that writes
/// is the only one.
public final class Contacts {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  public Contacts(Path file) {
    this.file = file;
  }

  /// What was last written; empty before the first time.
  ///
  /// @throws IOException if the file cannot be read; the message names it
  public Map<ThingName, Contact> read() throws IOException {
    if (!Files.exists(file)) {
      return Map.of();
    }
    Map<ThingName, Contact> contacts = new TreeMap<>(ThingName.BY_VALUE);
    try {
      for (Map.Entry<String, JsonNode> it : JSON.readTree(Files.readAllBytes(file)).properties()) {
        contacts.put(
            new ThingName(it.getKey()),
            new Contact(
                Instant.parse(it.getValue().path("at").asText()),
                it.getValue().path("connected").asBoolean()));
      }
    } catch (JsonProcessingException | DateTimeParseException | IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage() + "; remove it", e);
    }
    return contacts;
  }

  /// Writes the contacts over those of the same things that were written before.
  public void write(Map<ThingName, Contact> newer) throws IOException {
    Map<ThingName, Contact> all = new TreeMap<>(ThingName.BY_VALUE);
    all.putAll(read());
    all.putAll(newer);
    ObjectNode json = JSON.createObjectNode();
    all.forEach(
        (name, contact) ->
            json.putObject(name.value())
                .put("at", contact.at().toString())
                .put("connected", contact.connected()));
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.write(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
