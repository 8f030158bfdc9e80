package io.gympulse.local.provision;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.process.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The folder that a gateway starts from. Its configuration names its files relative to itself, so
/// the folder may be moved to the gateway as a whole.
final class GatewayKit {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONFIGURATION = "gateway.json";
  private static final String FLOOR_PLAN = "floor-plan.json";

  private final Path folder;

  GatewayKit(Path folder) {
    this.folder = folder;
  }

  /// Whether a gateway starts from the folder.
  boolean exists() {
    return Files.exists(folder.resolve(CONFIGURATION));
  }

  /// Writes certificate, key, root certificate and configuration, and the floor plan if there is
  /// one; replaces what an earlier call wrote and leaves the gateway's data alone.
  void write(
      GatewayAddress address,
      Credentials credentials,
      Endpoints endpoints,
      Optional<FloorPlan> floorPlan)
      throws IOException {
    credentials.write(folder);
    if (floorPlan.isPresent()) {
      DurableFile.writePublic(folder.resolve(FLOOR_PLAN), FloorPlanFile.write(floorPlan.get()));
    }
    DurableFile.writePublic(
        folder.resolve(CONFIGURATION), configuration(address, endpoints).toPrettyString() + "\n");
  }

  private static ObjectNode configuration(GatewayAddress address, Endpoints endpoints) {
    ObjectNode json = JSON.createObjectNode();
    json.put("gym", address.gym().value());
    json.put("gateway", address.gateway().value());
    json.put("floorPlan", FLOOR_PLAN);
    json.put("dataDir", "data");
    json.putObject("lan").put("host", endpoints.lan().host()).put("port", endpoints.lan().port());
    json.putObject("uplink")
        .put("host", endpoints.uplink().host())
        .put("port", endpoints.uplink().port())
        .put("certificate", "certificate.pem")
        .put("privateKey", "private.key")
        .put("rootCa", "root-ca.pem")
        .put("topics", endpoints.basicIngest() ? "basic-ingest" : "plain");
    // A cloud on the same machine goes by the same clock, whether anything keeps that right or not.
    json.put("clock", endpoints.uplink().isLoopback() ? "trusted" : "kernel");
    return json;
  }
}
