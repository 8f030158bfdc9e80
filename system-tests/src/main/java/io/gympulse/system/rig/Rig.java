package io.gympulse.system.rig;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.system.link.Link;
import io.gympulse.system.process.ManagedProcess;
import io.gympulse.system.process.ProcessFailedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The whole system, running: one cloud, one API, and a [Branch] per gym. Closing it ends every
/// process it started.
public final class Rig implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RigPlan plan;
  private final int mqttPort;
  private final int feedPort;
  private final List<Branch> branches = new ArrayList<>();
  private Optional<ManagedProcess> cloud = Optional.empty();
  private Optional<ManagedProcess> api = Optional.empty();
  private int apiPort;

  private Rig(RigPlan plan) throws IOException {
    this.plan = plan;
    this.mqttPort = Ports.free();
    this.feedPort = Ports.free();
    this.apiPort = plan.apiPort() == 0 ? Ports.free() : plan.apiPort();
  }

  /// Starts everything, in the order cloud, API, and per gym simulator and gateway.
  ///
  /// @param progress told what is being done, a short line each
  public static Rig start(RigPlan plan, Consumer<String> progress)
      throws IOException, InterruptedException, FloorPlanException {
    Rig rig = new Rig(plan);
    try {
      rig.startAll(progress);
      return rig;
    } catch (IOException | InterruptedException | FloorPlanException | RuntimeException e) {
      rig.close();
      throw e;
    }
  }

  private void startAll(Consumer<String> progress)
      throws IOException, InterruptedException, FloorPlanException {
    Files.createDirectories(plan.data().resolve("floor-plans"));
    for (Path file : plan.floorPlans()) {
      prepare(file);
    }
    progress.accept("certificates for " + branches.size() + " gateways");
    for (Branch branch : branches) {
      provision(branch);
    }
    progress.accept("cloud: broker, rules, ingest");
    startCloud();
    progress.accept("api and page");
    startApi();
    for (Branch branch : branches) {
      progress.accept(branch.plan().gym().name() + ": sensors and gateway");
      if (plan.sensors() instanceof RigPlan.SensorsPlan.Simulated simulated) {
        branch.startSimulator(simulated);
      }
      branch.startGateway();
    }
  }

  private void prepare(Path file) throws IOException, FloorPlanException {
    FloorPlan floorPlan = FloorPlanFile.read(file);
    Path folder = Files.createDirectories(plan.data().resolve(floorPlan.gym().id().value()));
    Path own = plan.data().resolve("floor-plans").resolve(floorPlan.gym().id() + ".json");
    Files.copy(file, own, StandardCopyOption.REPLACE_EXISTING);
    int lanPort =
        switch (plan.sensors()) {
          case RigPlan.SensorsPlan.Simulated _ -> Ports.free();
          case RigPlan.SensorsPlan.External external -> external.lanPort();
        };
    branches.add(new Branch(plan, floorPlan, own, folder, Link.to(mqttPort), lanPort));
  }

  private void provision(Branch branch) throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--data",
                cloudFolder().toString(),
                "--gym",
                branch.plan().gym().id().value(),
                "--gateway",
                branch.plan().gateway().value(),
                "--out",
                branch.folder().toString(),
                "--host",
                "127.0.0.1",
                "--mqtt-port",
                Integer.toString(branch.cloudPort()),
                "--floor-plan",
                branch.floorPlan().toString(),
                "--lan",
                "127.0.0.1:" + branch.lanPort()));
    // Every other gateway goes past the broker: to the cloud both ways are the same.
    if (branches.indexOf(branch) % 2 == 1) {
      arguments.add("--basic-ingest");
    }
    try (ManagedProcess process =
        ManagedProcess.start(
            "provision",
            plan.launcher().process("provision", arguments),
            branch.folder().resolve("provision.log"),
            _ -> {})) {
      int exit = process.awaitExit(START_LIMIT);
      if (exit != 0) {
        throw new ProcessFailedException(
            "provisioning ended with %d:%n%s"
                .formatted(exit, Files.readString(branch.folder().resolve("provision.log"))));
      }
    }
    Path configuration = branch.folder().resolve("gateway.json");
    ObjectNode tuned = (ObjectNode) JSON.readTree(configuration.toFile());
    tuned.put("heartbeatSeconds", plan.timing().heartbeat().toSeconds());
    tuned.put("retrySeconds", plan.timing().retry().toSeconds());
    Files.writeString(configuration, tuned.toPrettyString());
  }

  public void startCloud() throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--data",
                cloudFolder().toString(),
                "--mqtt-port",
                Integer.toString(mqttPort),
                "--feed-port",
                Integer.toString(feedPort),
                "--floor-plans",
                plan.data().resolve("floor-plans").toString(),
                "--connections",
                page().toString(),
                "--mail-folder",
                plan.data().resolve("mail").toString(),
                "--offline-after",
                Long.toString(plan.timing().offlineAfter().toSeconds()),
                "--acknowledge-within",
                Long.toString(plan.timing().acknowledgeWithin().toSeconds())));
    if (plan.faults()) {
      arguments.add("--allow-faults");
    }
    ManagedProcess started = start("cloud", arguments);
    cloud = Optional.of(started);
    started.awaitReady(START_LIMIT);
  }

  public void startApi() throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--database",
                database().toString(),
                "--feed",
                feed().toString(),
                "--port",
                Integer.toString(apiPort)));
    plan.demoControl().ifPresent(it -> arguments.addAll(List.of("--demo-control", it)));
    ManagedProcess started = start("api", arguments);
    api = Optional.of(started);
    apiPort = Math.toIntExact(started.awaitReady(START_LIMIT).number("http"));
  }

  private ManagedProcess start(String component, List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>(arguments);
    plan.clock().ifPresent(it -> all.addAll(List.of("--clock", it)));
    return ManagedProcess.start(
        component,
        plan.launcher().process(component, all),
        plan.data().resolve(component + ".log"),
        _ -> {});
  }

  private Path cloudFolder() {
    return plan.data().resolve("cloud");
  }

  /// The cloud's store.
  public Path database() {
    return cloudFolder().resolve("cloud.db");
  }

  /// Where the cloud serves its feed and, if allowed, takes orders to fail.
  public URI feed() {
    return URI.create("http://127.0.0.1:" + feedPort);
  }

  /// Where members find the page.
  public URI page() {
    return URI.create("http://127.0.0.1:" + apiPort);
  }

  public ManagedProcess cloud() {
    return cloud.orElseThrow(() -> new IllegalStateException("the cloud was not started"));
  }

  public ManagedProcess api() {
    return api.orElseThrow(() -> new IllegalStateException("the API was not started"));
  }

  public List<Branch> branches() {
    return List.copyOf(branches);
  }

  /// All gateways' counters together.
  public Counters counters() {
    return branches.stream().map(Branch::counters).reduce(Counters.ZERO, Counters::plus);
  }

  /// Leaves nothing behind if this process is asked to end before [#close] is called.
  public void closeOnShutdown() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    close();
                  } catch (IOException e) {
                    System.err.println("not everything could be stopped: " + e.getMessage());
                  }
                }));
  }

  @Override
  public void close() throws IOException {
    branches.forEach(Branch::terminateGateway);
    api.ifPresent(ManagedProcess::terminate);
    for (Branch branch : branches) {
      branch.close();
    }
    api.ifPresent(ManagedProcess::close);
    cloud.ifPresent(ManagedProcess::close);
  }
}
