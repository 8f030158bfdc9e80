package io.gympulse.local.things;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.file.DurableFile;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The things of one data directory, a file each.
///
/// Nothing is cached: a thing registered by another process counts from its next connection on.
/// Writes replace the whole file at once, so readers never see half a thing. Safe for many threads.
public final class ThingRegistry {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GATEWAY = "gateway";
  private static final String OBSERVER = "observer";

  private final Path directory;

  public ThingRegistry(Path directory) {
    this.directory = directory;
  }

  /// The thing of that name, or empty if nobody registered it.
  ///
  /// @throws IOException if its file cannot be read or is not a thing; the message names the file
  public Optional<Thing> find(ThingName name) throws IOException {
    Path file = file(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(thing(name, JSON.readTree(Files.readAllBytes(file))));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage() + "; provision the thing again", e);
    }
  }

  /// Registers the thing, in place of an earlier one of the same name.
  public void put(Thing thing) throws IOException {
    DurableFile.makeFolders(directory);
    var json = JSON.createObjectNode();
    json.put("thingName", thing.name().value());
    json.put("policy", policy(thing));
    ObjectNode attributes = json.putObject("attributes");
    thing.attributes().forEach(attributes::put);
    json.put("certificate", thing.certificate());
    DurableFile.write(
        file(thing.name()), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
  }

  private static Thing thing(ThingName name, JsonNode json) {
    String certificate = json.path("certificate").asText();
    // A file without a policy was written when gateways were the only things.
    return switch (json.has("policy") ? json.get("policy").asText() : GATEWAY) {
      case GATEWAY -> {
        GymId gym = new GymId(json.path("attributes").path("gym").asText());
        GatewayId gateway = new GatewayId(name.value());
        yield new Thing.Gateway(new GatewayAddress(gym, gateway), certificate);
      }
      case OBSERVER -> new Thing.Observer(name, certificate);
      case String other ->
          throw new IllegalArgumentException(
              "policy: %s or %s is needed, not '%s'".formatted(GATEWAY, OBSERVER, other));
    };
  }

  private static String policy(Thing thing) {
    return switch (thing) {
      case Thing.Gateway _ -> GATEWAY;
      case Thing.Observer _ -> OBSERVER;
    };
  }

  private Path file(ThingName name) {
    return directory.resolve(name.value() + ".json");
  }
}
