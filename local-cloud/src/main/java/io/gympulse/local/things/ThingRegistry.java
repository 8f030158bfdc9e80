package io.gympulse.local.things;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// The things of one data directory, a file each.
///
/// Nothing is cached: a thing registered by another process counts from its next connection on.
/// Writes replace the whole file at once, so readers never see half a thing. Safe for many threads.
public final class ThingRegistry {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;

  public ThingRegistry(Path directory) {
    this.directory = directory;
  }

  /// The thing of that name, or empty if nobody registered it.
  ///
  /// @throws IOException if its file cannot be read or is not a thing; the message names the file
  public Optional<Thing> find(GatewayId name) throws IOException {
    Path file = file(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      GymId gym = new GymId(json.path("attributes").path("gym").asText());
      return Optional.of(new Thing(name, gym, json.path("certificate").asText()));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage() + "; provision the gateway again", e);
    }
  }

  /// Registers the thing, in place of an earlier one of the same name.
  public void put(Thing thing) throws IOException {
    Files.createDirectories(directory);
    var json = JSON.createObjectNode();
    json.put("thingName", thing.name().value());
    json.putObject("attributes").put("gym", thing.gym().value());
    json.put("certificate", thing.certificate());
    Path file = file(thing.name());
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.write(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path file(GatewayId name) {
    return directory.resolve(name.value() + ".json");
  }
}
