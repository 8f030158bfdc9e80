package io.gympulse.local.provision;

import io.gympulse.contract.clock.ProcessClock;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.local.DataFolder;
import io.gympulse.local.pki.CertificateAuthority;
import io.gympulse.local.pki.Issued;
import io.gympulse.local.things.Thing;
import io.gympulse.local.things.ThingRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Registers a gateway with the local cloud and writes the folder it starts from.
///
/// A gateway that was provisioned before gets a new certificate; its old one is refused from the
/// next connection on.
@Command(
    name = "provision",
    mixinStandardHelpOptions = true,
    description = "Registers a gateway and writes its certificate, key and configuration.")
public final class Provision implements Callable<Integer> {

  @Option(names = "--data", required = true, description = "the local cloud's data directory")
  private Path data = Path.of("");

  @Option(names = "--gym", required = true, description = "id of the gym")
  private String gym = "";

  @Option(names = "--gateway", required = true, description = "id of the gateway")
  private String gateway = "";

  @Option(names = "--out", required = true, description = "the folder to write")
  private Path out = Path.of("");

  @Option(names = "--host", defaultValue = "127.0.0.1", description = "host of the cloud's broker")
  private String host = "";

  @Option(names = "--mqtt-port", defaultValue = "8883", description = "port of the cloud's broker")
  private int mqttPort;

  @Option(names = "--floor-plan", description = "the gym's floor plan; copied")
  private @Nullable Path floorPlan;

  @Option(
      names = "--lan",
      defaultValue = "127.0.0.1:1883",
      description = "HOST:PORT of the broker that the sensors publish to")
  private String lan = "";

  @Override
  public Integer call() throws IOException {
    GatewayAddress address = new GatewayAddress(new GymId(gym), new GatewayId(gateway));
    Endpoints endpoints = new Endpoints(new HostPort(host, mqttPort), HostPort.parse(lan));
    Optional<FloorPlan> plan =
        floorPlan == null ? Optional.empty() : Optional.of(planOf(floorPlan, address));
    DataFolder folder = new DataFolder(data);
    ThingRegistry things = new ThingRegistry(folder.things());
    Optional<Thing> known = things.find(address.gateway());
    if (known.filter(thing -> !thing.gym().equals(address.gym())).isPresent()) {
      throw new IllegalArgumentException(
          "--gateway %s belongs to gym %s already; gateway ids are unique in the whole system"
              .formatted(gateway, known.get().gym()));
    }
    // Certificates are checked against real time, whatever clock the other processes run on.
    Instant now = ProcessClock.real().instant();
    CertificateAuthority authority = CertificateAuthority.open(folder.authority(), now);
    Issued identity = authority.forThing(gateway, now);
    if (plan.isPresent()) {
      Files.createDirectories(folder.floorPlans());
      Files.writeString(
          folder.floorPlans().resolve(gym + ".json"), FloorPlanFile.write(plan.get()));
    }
    new GatewayKit(out).write(address, authority, identity, endpoints, plan);
    things.put(new Thing(address.gateway(), address.gym(), identity.fingerprint()));
    System.out.println("provisioned: gateway=" + gateway + " gym=" + gym + " out=" + out);
    return 0;
  }

  private static FloorPlan planOf(Path file, GatewayAddress address) throws IOException {
    try {
      FloorPlan plan = FloorPlanFile.read(file);
      if (!plan.gym().id().equals(address.gym()) || !plan.gateway().equals(address.gateway())) {
        throw new IllegalArgumentException(
            "%s is of gym %s and gateway %s, not of gym %s and gateway %s"
                .formatted(
                    file, plan.gym().id(), plan.gateway(), address.gym(), address.gateway()));
      }
      return plan;
    } catch (FloorPlanException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /// Exit code 0, or 2 with one line on stderr.
  public static void main(String[] arguments) {
    System.exit(Refusals.commandLine(new Provision()).execute(arguments));
  }
}
