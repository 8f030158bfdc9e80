package io.gympulse.local.provision;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.local.DataFolder;
import io.gympulse.local.pki.CertificateAuthority;
import io.gympulse.local.provision.ThingFolder.Credentials;
import io.gympulse.local.provision.ThingFolder.Endpoints;
import io.gympulse.local.things.Thing;
import io.gympulse.local.things.ThingName;
import io.gympulse.local.things.ThingRegistry;
import io.gympulse.local.things.ThingRegistry.Registration;
import io.gympulse.process.DurableFile;
import io.gympulse.process.ParentWatch;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Registers a gateway, a machine that reports its status itself, an observer of rejected messages
/// or an API process with the local cloud and writes the folder with its credentials.
///
/// A thing that has a valid certificate gets another one only with `--replace`; the old one is then
/// rejected, and a running cloud closes its connection within a second.
@Command(
    name = "provision",
    mixinStandardHelpOptions = true,
    description = {
      "Registers a gateway (--gym, --gateway) and writes its certificate, key and configuration,",
      "or a machine that reports its status by itself (--gym, --machine),",
      "or an observer of rejected messages (--observer), or an API process (--api), and writes",
      "certificate and key."
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
      names = "--machine",
      description = "instead of a gateway: id of a machine that publishes its status by itself")
  private @Nullable String machine;

  @Option(
      names = "--observer",
      paramLabel = "NAME",
      description = "instead of a gateway: who may subscribe to gympulse/errors and nothing else")
  private @Nullable String observer;

  @Option(
      names = "--api",
      paramLabel = "NAME",
      description =
          "instead of a gateway: an API process, which may subscribe to gympulse/updates/+ and"
              + " nothing else")
  private @Nullable String api;

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
      description =
          "the gateway publishes on the topics of Basic Ingest, which have no subscribers")
  private boolean basicIngest;

  @Option(
      names = "--replace",
      description = "issue a new certificate although there is one, which is then no longer valid")
  private boolean replace;

  @Override
  public Integer call() throws IOException {
    if (mqttPort < 1 || mqttPort > 65_535) {
      throw new IllegalArgumentException("--mqtt-port: a port from 1 to 65535, not " + mqttPort);
    }
    HostPort uplink = new HostPort(host, mqttPort);
    if (observer != null) {
      rejectOptions("--observer belongs to no gym", List.of("--observer"));
      return provision(new ThingName(observer), Thing.Observer::new, uplink);
    }
    if (api != null) {
      rejectOptions("--api belongs to no gym", List.of("--api"));
      return provision(new ThingName(api), Thing.Api::new, uplink);
    }
    if (gym != null && machine != null && gateway == null) {
      GymId ofGym = new GymId(gym);
      MachineId ofMachine = new MachineId(machine);
      rejectOptions("--machine reports by itself", List.of("--gym", "--machine"));
      return provision(
          new ThingName(machine),
          (_, certificate) -> new Thing.Machine(ofGym, ofMachine, certificate),
          uplink);
    }
    if (gym == null || gateway == null || machine != null) {
      throw new IllegalArgumentException(
          "--gym with --gateway is needed for a gateway, --gym with --machine for a machine that"
              + " reports by itself, --observer for an observer, or --api for an API process");
    }
    return provisionGateway(new GatewayAddress(new GymId(gym), new GatewayId(gateway)), uplink);
  }

  private int provisionGateway(GatewayAddress address, HostPort uplink) throws IOException {
    HostPort sensors = HostPort.parse(lan == null ? DEFAULT_LAN : lan);
    Optional<FloorPlan> plan =
        floorPlan == null ? Optional.empty() : Optional.of(planOf(floorPlan, address));
    DataFolder folder = new DataFolder(data);
    ThingRegistry things = new ThingRegistry(folder.things());
    ThingName name = ThingName.of(address.gateway());
    Optional<Registration> existing = things.registration(name);
    requireAvailable(existing, it -> it.equals(new Thing.Gateway(address, it.certificate())), name);
    Credentials credentials = issue(folder, name);
    if (plan.isPresent()) {
      DurableFile.makeFolders(folder.floorPlans());
      DurableFile.write(
          folder.floorPlans().resolve(address.gym() + ".json"), FloorPlanFile.write(plan.get()));
    }
    new ThingFolder(out)
        .writeGateway(address, credentials, new Endpoints(uplink, sensors, basicIngest), plan);
    things.put(new Thing.Gateway(address, credentials.identity().fingerprint()));
    System.out.println("provisioned: gateway=" + name + " gym=" + address.gym() + " out=" + out);
    if (existing.isPresent()) {
      System.out.println("its earlier certificate no longer works: restart gateway " + name);
    }
    return 0;
  }

  /// @param registered the thing, given its name and the fingerprint of its certificate
  private int provision(
      ThingName name, BiFunction<ThingName, String, Thing> registered, HostPort broker)
      throws IOException {
    DataFolder folder = new DataFolder(data);
    ThingRegistry things = new ThingRegistry(folder.things());
    requireAvailable(
        things.registration(name), it -> it.equals(registered.apply(name, it.certificate())), name);
    if (new ThingFolder(out).hasGateway()) {
      throw new IllegalArgumentException("--out " + out + " is a gateway's folder; choose another");
    }
    Credentials credentials = issue(folder, name);
    new ThingFolder(out).writeCredentials(credentials);
    Thing thing = registered.apply(name, credentials.identity().fingerprint());
    things.put(thing);
    System.out.println("provisioned: " + thing.keyValues() + " broker=" + broker + " out=" + out);
    return 0;
  }

  /// @param same whether a registered thing is the one to provision
  private void requireAvailable(
      Optional<Registration> existing, Predicate<Thing> same, ThingName name) {
    if (existing.isEmpty()) {
      return;
    }
    Thing known = existing.get().thing();
    if (!same.test(known)) {
      throw new IllegalArgumentException(
          "%s is the name of %s already; names of things are unique in the whole system, choose another"
              .formatted(name, known.description()));
    }
    if (existing.get().revokedAt().isEmpty() && !replace) {
      throw new IllegalArgumentException(
          ("%s has a certificate, which would stop working; give --replace to make another in its"
                  + " place")
              .formatted(known.description()));
    }
  }

  private void rejectOptions(String because, List<String> allowed) {
    List<String> extra = givenOptions().stream().filter(it -> !allowed.contains(it)).toList();
    if (!extra.isEmpty()) {
      throw new IllegalArgumentException(because + ": leave out " + String.join(", ", extra));
    }
  }

  private List<String> givenOptions() {
    Map<String, Optional<Object>> options = new LinkedHashMap<>();
    options.put("--gym", Optional.ofNullable(gym));
    options.put("--gateway", Optional.ofNullable(gateway));
    options.put("--machine", Optional.ofNullable(machine));
    options.put("--observer", Optional.ofNullable(observer));
    options.put("--api", Optional.ofNullable(api));
    options.put("--floor-plan", Optional.ofNullable(floorPlan));
    options.put("--lan", Optional.ofNullable(lan));
    options.put("--basic-ingest", basicIngest ? Optional.of(true) : Optional.empty());
    return options.entrySet().stream()
        .filter(option -> option.getValue().isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Credentials issue(DataFolder folder, ThingName name) throws IOException {
    // Certificates are checked against real time, also if the other processes have a scaled clock.
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
    ParentWatch.start();
    System.exit(CommandErrors.commandLine(new Provision()).execute(arguments));
  }
}
