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

/// The file with each thing's last contact. The running cloud writes it periodically and is the
/// only writer; any process may read it. After a kill of the cloud it is as old as the last write.
/// The content is informational: an unreadable file counts as empty.
public final class LastContacts {

  /// The last contact of a thing.
  ///
  /// @param at in real time: its newest packet, or the end of its connection
  /// @param connected whether it was connected then
  public record Contact(Instant at, boolean connected) {}

  private static final Logger LOG = LoggerFactory.getLogger(LastContacts.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  public LastContacts(Path file) {
    this.file = file;
  }

  /// The contacts of the last write; empty if there was none, or if the file cannot be read, which
  /// is logged.
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
      LOG.warn("{} cannot be read, earlier contacts are unknown: {}", file, e.getMessage());
      return Map.of();
    }
  }

  /// Adds the contacts to the file, in place of earlier ones of the same things.
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
