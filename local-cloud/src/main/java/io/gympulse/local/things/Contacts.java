package io.gympulse.local.things;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.process.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last contact of every thing in one file, which a running cloud writes now and then and any
/// process may read. It is as old as the last write if the cloud was killed. A process that writes
/// is the only one. Nothing hangs on what it says: a file that cannot be read is as none.
public final class Contacts {

  private static final Logger LOG = LoggerFactory.getLogger(Contacts.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  public Contacts(Path file) {
    this.file = file;
  }

  /// What was last written; empty before the first time, and if the file cannot be read, which is
  /// logged.
  public Map<ThingName, Contact> read() {
    Map<ThingName, Contact> contacts = new TreeMap<>(ThingName.BY_VALUE);
    try {
      for (Map.Entry<String, JsonNode> it : JSON.readTree(Files.readAllBytes(file)).properties()) {
        contacts.put(
            new ThingName(it.getKey()),
            new Contact(
                Instant.parse(it.getValue().path("at").asText()),
                it.getValue().path("connected").asBoolean()));
      }
      return contacts;
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IOException | DateTimeParseException | IllegalArgumentException e) {
      LOG.warn("{} cannot be read, earlier contacts are not known: {}", file, e.getMessage());
      return Map.of();
    }
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
    DurableFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
  }
}
