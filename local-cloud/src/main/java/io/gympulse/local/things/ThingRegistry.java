package io.gympulse.local.things;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.process.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The things of one data directory, in a file each.
///
/// Nothing is cached: changes of other processes take effect at once. Files are replaced
/// atomically, so readers never see an incomplete one. Thread-safe.
public final class ThingRegistry {

  /// A registered thing.
  ///
  /// @param revokedAt when its certificate was revoked; it stays registered and cannot connect
  public record Registration(Thing thing, Optional<Instant> revokedAt) {

    /// Why a certificate is not valid for the thing; empty if it is.
    ///
    /// @param registration of the thing that the certificate names
    /// @param fingerprint of the certificate
    public static Optional<String> refusal(
        Optional<Registration> registration, String fingerprint) {
      if (registration.isEmpty()) {
        return Optional.of("no thing of this name is registered; provision it");
      }
      Registration known = registration.get();
      if (!known.thing().certificate().equals(fingerprint)) {
        return Optional.of("its certificate was replaced by a newer one");
      }
      return known.revokedAt().map(at -> "its certificate was revoked at " + at);
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GATEWAY = "gateway";
  private static final String MACHINE = "machine";
  private static final String OBSERVER = "observer";
  private static final String API = "api";
  private static final String REVOKED_AT = "revokedAt";
  private static final String SUFFIX = ".json";

  private final Path directory;

  public ThingRegistry(Path directory) {
    this.directory = directory;
  }

  /// The registration of that name, revoked or not; empty if there is none.
  ///
  /// @throws IOException if its file cannot be read or is not a thing; the message names the file
  public Optional<Registration> registration(ThingName name) throws IOException {
    Path file = file(name);
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(bytes);
      Optional<Instant> revokedAt =
          json.has(REVOKED_AT)
              ? Optional.of(Instant.parse(json.get(REVOKED_AT).asText()))
              : Optional.empty();
      return Optional.of(new Registration(thing(name, json), revokedAt));
    } catch (JsonProcessingException | DateTimeParseException | IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage() + "; provision the thing again", e);
    }
  }

  /// All registrations, by name.
  ///
  /// @throws IOException if one of the files cannot be read or is not a thing
  public List<Registration> all() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<Registration> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(SUFFIX)) {
          registration(new ThingName(name.substring(0, name.length() - SUFFIX.length())))
              .ifPresent(all::add);
        }
      }
    }
    return List.copyOf(all);
  }

  /// When a thing was last registered or revoked, in the file system's time; empty if none ever
  /// was.
  public Optional<Instant> changedAt() throws IOException {
    return Files.isDirectory(directory)
        ? Optional.of(Files.getLastModifiedTime(directory).toInstant())
        : Optional.empty();
  }

  /// Registers the thing and replaces an earlier one of the same name.
  public void put(Thing thing) throws IOException {
    write(new Registration(thing, Optional.empty()));
  }

  /// Revokes the thing's certificate; a running cloud ends its connection within a second.
  ///
  /// @return the registration before the call; empty if there is none
  public Optional<Registration> revoke(ThingName name, Instant now) throws IOException {
    Optional<Registration> known = registration(name);
    if (known.isPresent() && known.get().revokedAt().isEmpty()) {
      write(new Registration(known.get().thing(), Optional.of(now)));
    }
    return known;
  }

  private void write(Registration registration) throws IOException {
    DurableFile.makeFolders(directory);
    Thing thing = registration.thing();
    var json = JSON.createObjectNode();
    json.put("thingName", thing.name().value());
    json.put("policy", policy(thing));
    ObjectNode attributes = json.putObject("attributes");
    thing.attributes().forEach(attributes::put);
    json.put("certificate", thing.certificate());
    registration.revokedAt().ifPresent(at -> json.put(REVOKED_AT, at.toString()));
    DurableFile.write(
        file(thing.name()), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
  }

  private static Thing thing(ThingName name, JsonNode json) {
    String certificate = json.path("certificate").asText();
    // The first version, which had gateways only, wrote no policy.
    return switch (json.has("policy") ? json.get("policy").asText() : GATEWAY) {
      case GATEWAY -> {
        GymId gym = new GymId(json.path("attributes").path("gym").asText());
        GatewayId gateway = new GatewayId(name.value());
        yield new Thing.Gateway(new GatewayAddress(gym, gateway), certificate);
      }
      case MACHINE ->
          new Thing.Machine(
              new GymId(json.path("attributes").path("gym").asText()),
              new MachineId(name.value()),
              certificate);
      case OBSERVER -> new Thing.Observer(name, certificate);
      case API -> new Thing.Api(name, certificate);
      case String other ->
          throw new IllegalArgumentException(
              "policy: %s, %s, %s or %s is needed, not '%s'"
                  .formatted(GATEWAY, MACHINE, OBSERVER, API, other));
    };
  }

  private static String policy(Thing thing) {
    return switch (thing) {
      case Thing.Gateway _ -> GATEWAY;
      case Thing.Machine _ -> MACHINE;
      case Thing.Observer _ -> OBSERVER;
      case Thing.Api _ -> API;
    };
  }

  private Path file(ThingName name) {
    return directory.resolve(name.value() + SUFFIX);
  }
}
