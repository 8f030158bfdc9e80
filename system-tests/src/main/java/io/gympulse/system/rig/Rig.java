package io.gympulse.system.rig;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.system.link.Link;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The whole system, running: one cloud, one API, and a [Branch] per gym. Closing it ends every
/// process it started.
public final class Rig implements AutoCloseable {
  private final RigPlan plan;
  private final CloudProcesses processes;
  private final List<Branch> branches = new ArrayList<>();

  private Rig(RigPlan plan) throws IOException {
    this.plan = plan;
    this.processes = new CloudProcesses(plan);
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
      // Every other gateway goes past the broker: to the cloud both ways are the same.
      Provisioning.provision(plan, branch, branches.indexOf(branch) % 2 == 1);
    }
    progress.accept("cloud: broker, rules, ingest");
    processes.startCloud();
    progress.accept("api and page");
    processes.startApi();
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
    branches.add(new Branch(plan, floorPlan, own, folder, Link.to(processes.mqttPort()), lanPort));
  }

  public CloudProcesses processes() {
    return processes;
  }

  /// The cloud's store.
  public Path database() {
    return processes.database();
  }

  /// Where the cloud serves its feed and, if allowed, takes orders to fail.
  public URI feed() {
    return processes.feed();
  }

  /// Where members find the page.
  public URI page() {
    return processes.page();
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

  /// Gateways end first: they are not to record that their sensors went away.
  @Override
  public void close() throws IOException {
    branches.forEach(Branch::terminateGateway);
    processes.terminateApi();
    branches.forEach(Branch::closeGateway);
    branches.forEach(Branch::terminateSimulator);
    processes.terminateCloud();
    for (Branch branch : branches) {
      branch.close();
    }
    processes.close();
  }
}
