package io.gympulse.local.provision;

import io.gympulse.contract.clock.ProcessClock;
import io.gympulse.contract.file.DurableFile;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.local.DataFolder;
import io.gympulse.local.pki.CertificateAuthority;
import io.gympulse.local.things.Thing;
import io.gympulse.local.things.ThingName;
import io.gympulse.local.things.ThingRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Registers a gateway, or an observer of what is rejected, with the local cloud and writes the
/// folder it starts from.
///
/// A thing that was provisioned before gets a new certificate; its old one is refused from the next
/// connection on.
@Command(
    name = "provision",
    mixinStandardHelpOptions = true,
    description = {
      "Registers a gateway (--gym, --gateway) and writes its certificate, key and configuration,",
      "or an observer of rejected messages (--observer) and writes its certificate and key."
    })
public final class Provision implements Callable<Integer> {

  private static final String DEFAULT_LAN = "127.0.0.1:1883";

  @Option(names = "--data", required = true, description = "the local cloud's data directory")
  private Path data = Path.of("");

  @Option(names = "--gym", description = "id of the gym")
  private @Nullable String gym;

  @Option(names = "--gateway", description = "id of the gateway")
  private @Nullable String gateway;

  @Option(
      names = "--observer",
      paramLabel = "NAME",
      description = "instead of a gateway: who may subscribe to gympulse/errors and nothing else")
  private @Nullable String observer;

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
      description = "HOST:PORT of the broker that the sensors publish to; else " + DEFAULT_LAN)
  private @Nullable String lan;

  @Option(
      names = "--basic-ingest",
      description = "the gateway publishes on the topics of Basic Ingest, past subscribers")
  private boolean basicIngest;

  @Override
  public Integer call() throws IOException {
    if (mqttPort < 1 || mqttPort > 65_535) {
      throw new IllegalArgumentException("--mqtt-port: a port from 1 to 65535, not " + mqttPort);
    }
    HostPort uplink = new HostPort(host, mqttPort);
    if (observer != null) {
      return provisionObserver(observer, uplink);
    }
    if (gym == null || gateway == null) {
      throw new IllegalArgumentException(
          "--gym and --gateway are needed for a gateway, or --observer for an observer");
    }
    GatewayAddress address = new GatewayAddress(new GymId(gym), new GatewayId(gateway));
    return provisionGateway(address, uplink);
  }

  private int provisionGateway(GatewayAddress address, HostPort uplink) throws IOException {
    HostPort sensors = HostPort.parse(lan == null ? DEFAULT_LAN : lan);
    Optional<FloorPlan> plan =
        floorPlan == null ? Optional.empty() : Optional.of(planOf(floorPlan, address));
    DataFolder folder = new DataFolder(data);
    ThingRegistry things = new ThingRegistry(folder.things());
    ThingName name = ThingName.of(address.gateway());
    Optional<Thing> existing = things.find(name);
    switch (existing.orElse(null)) {
      case Thing.Gateway known when !known.address().equals(address) ->
          throw new IllegalArgumentException(
              "--gateway %s belongs to gym %s already; gateway ids are unique in the whole system"
                  .formatted(name, known.address().gym()));
      case Thing.Observer _ ->
          throw new IllegalArgumentException(
              "--gateway %s is the name of an observer already; choose another".formatted(name));
      case Thing.Gateway _ -> {}
      case null -> {}
    }
    Credentials credentials = issue(folder, name);
    if (plan.isPresent()) {
      DurableFile.makeFolders(folder.floorPlans());
      DurableFile.write(
          folder.floorPlans().resolve(address.gym() + ".json"), FloorPlanFile.write(plan.get()));
    }
    new GatewayKit(out)
        .write(address, credentials, new Endpoints(uplink, sensors, basicIngest), plan);
    things.put(new Thing.Gateway(address, credentials.identity().fingerprint()));
    System.out.println("provisioned: gateway=" + name + " gym=" + address.gym() + " out=" + out);
    if (existing.isPresent()) {
      System.out.println("its earlier certificate no longer works: restart gateway " + name);
    }
    return 0;
  }

  private int provisionObserver(String observer, HostPort broker) throws IOException {
    List<String> ofGateways = gatewayOptionsGiven();
    if (!ofGateways.isEmpty()) {
      throw new IllegalArgumentException(
          "--observer belongs to no gym: leave out " + String.join(", ", ofGateways));
    }
    ThingName name = new ThingName(observer);
    DataFolder folder = new DataFolder(data);
    ThingRegistry things = new ThingRegistry(folder.things());
    if (things.find(name).orElse(null) instanceof Thing.Gateway known) {
      throw new IllegalArgumentException(
          "--observer %s is the name of a gateway of gym %s already; choose another"
              .formatted(name, known.address().gym()));
    }
    if (new GatewayKit(out).exists()) {
      throw new IllegalArgumentException(
          "--out " + out + " is a gateway's folder; choose another for the observer");
    }
    Credentials credentials = issue(folder, name);
    credentials.write(out);
    things.put(new Thing.Observer(name, credentials.identity().fingerprint()));
    System.out.println("provisioned: observer=" + name + " broker=" + broker + " out=" + out);
    return 0;
  }

  private List<String> gatewayOptionsGiven() {
    Map<String, Optional<Object>> options = new LinkedHashMap<>();
    options.put("--gym", Optional.ofNullable(gym));
    options.put("--gateway", Optional.ofNullable(gateway));
    options.put("--floor-plan", Optional.ofNullable(floorPlan));
    options.put("--lan", Optional.ofNullable(lan));
    options.put("--basic-ingest", basicIngest ? Optional.of(true) : Optional.empty());
    return options.entrySet().stream()
        .filter(option -> option.getValue().isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Credentials issue(DataFolder folder, ThingName name) throws IOException {
    // Certificates are checked against real time, whatever clock the other processes run on.
    Instant now = ProcessClock.real().instant();
    CertificateAuthority authority = CertificateAuthority.open(folder.authority(), now);
    return new Credentials(authority, authority.forThing(name.value(), now));
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
