package io.gympulse.local.provision;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.local.pki.CertificateAuthority;
import io.gympulse.process.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The folder with a thing's credentials and, for a gateway, its configuration. The configuration
/// has relative paths, so the folder can be copied to the gateway as a whole.
final class ThingFolder {

  /// A thing's certificate and key, and the authority that the thing trusts.
  record Credentials(CertificateAuthority authority, CertificateAuthority.Issued identity) {}

  /// The brokers that a gateway connects to.
  ///
  /// @param uplink the cloud's broker
  /// @param lan the broker that the gym's sensors publish to
  /// @param basicIngest whether messages go to the cloud's rules without its broker's subscribers
  record Endpoints(HostPort uplink, HostPort lan, boolean basicIngest) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONFIGURATION = "gateway.json";
  private static final String FLOOR_PLAN = "floor-plan.json";

  private final Path folder;

  ThingFolder(Path folder) {
    this.folder = folder;
  }

  /// Whether the folder is a gateway's.
  boolean hasGateway() {
    return Files.exists(folder.resolve(CONFIGURATION));
  }

  /// Writes `certificate.pem`, `private.key` and `root-ca.pem`; replaces existing ones.
  void writeCredentials(Credentials credentials) throws IOException {
    DurableFile.makeFolders(folder);
    credentials.identity().write(folder.resolve("certificate.pem"), folder.resolve("private.key"));
    DurableFile.writePublic(
        folder.resolve("root-ca.pem"), credentials.authority().certificatePem());
  }

  /// Writes credentials, configuration and the floor plan, if there is one; replaces existing ones
  /// and keeps the gateway's data.
  void writeGateway(
      GatewayAddress address,
      Credentials credentials,
      Endpoints endpoints,
      Optional<FloorPlan> floorPlan)
      throws IOException {
    writeCredentials(credentials);
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
    // Gateway and cloud on one machine share its clock, synchronised or not.
    json.put("clock", endpoints.uplink().isLoopback() ? "trusted" : "kernel");
    return json;
  }
}
