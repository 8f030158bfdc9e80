package io.gympulse.system.environment;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.process.ProcessClock;
import io.gympulse.system.link.NetworkLink;
import io.gympulse.system.process.KeyValueLine;
import io.gympulse.system.process.ManagedProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The processes of one gym of a [TestEnvironment]: simulator and gateway, and the link to the
/// cloud. The gateway may be killed and started again; its files and the simulator's are kept.
/// Counters and link may be used by any thread; one thread at a time starts and stops processes.
public final class GymProcesses implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final EnvironmentConfig config;
  private final FloorPlan floorPlan;
  private final Path floorPlanFile;
  private final Path folder;
  private final NetworkLink link;
  private final int lanPort;
  private Optional<ManagedProcess> simulator = Optional.empty();
  private Optional<ManagedProcess> gateway = Optional.empty();
  private Optional<ClockFile> clockFile = Optional.empty();
  private final List<ClonedGateway> clones = new CopyOnWriteArrayList<>();
  private final AtomicLong reportCount = new AtomicLong();
  private volatile OutboxCounters counters = OutboxCounters.ZERO;
  private volatile boolean linkUp = true;

  GymProcesses(
      EnvironmentConfig config,
      FloorPlan floorPlan,
      Path floorPlanFile,
      Path folder,
      NetworkLink link,
      int lanPort) {
    this.config = config;
    this.floorPlan = floorPlan;
    this.floorPlanFile = floorPlanFile;
    this.folder = folder;
    this.link = link;
    this.lanPort = lanPort;
  }

  public FloorPlan floorPlan() {
    return floorPlan;
  }

  public String gymId() {
    return floorPlan.gym().id().value();
  }

  /// The gateway's `--record` file: a line per event whose append has returned.
  public Path recordFile() {
    return folder.resolve("record.txt");
  }

  /// The simulator's `--truth` file: the true changes of the machines' statuses.
  public Path truthFile() {
    return folder.resolve("truth.jsonl");
  }

  /// The counters last reported by the gateway.
  public OutboxCounters counters() {
    return counters;
  }

  /// How often the original gateway, over all its restarts, has reported its counters.
  public long reportCount() {
    return reportCount.get();
  }

  public boolean isLinkUp() {
    return linkUp;
  }

  /// Whether the gateway has a connection to the cloud.
  public boolean isConnectedToCloud() {
    return linkUp && link.hasConnection();
  }

  public void setLink(NetworkLink.State state) {
    linkUp = state instanceof NetworkLink.State.Up;
    link.set(state);
  }

  int lanPort() {
    return lanPort;
  }

  int cloudPort() {
    return link.port();
  }

  Path folder() {
    return folder;
  }

  Path floorPlanFile() {
    return floorPlanFile;
  }

  void startSimulator(EnvironmentConfig.SensorInput.Simulated simulated)
      throws IOException, InterruptedException {
    List<String> arguments = simulatorArguments(simulated, simulated.seed(), lanPort, truthFile());
    ManagedProcess started = start("sim", arguments, _ -> {});
    simulator = Optional.of(started);
    started.awaitReady(START_LIMIT);
  }

  List<String> simulatorArguments(
      EnvironmentConfig.SensorInput.Simulated simulated, long seed, int port, Path truthFile) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--floor-plan", floorPlanFile.toString()));
    arguments.addAll(List.of("--seed", Long.toString(seed)));
    arguments.addAll(List.of("--listen", "127.0.0.1:" + port));
    arguments.addAll(List.of("--truth", truthFile.toString()));
    arguments.addAll(simulated.arguments());
    return arguments;
  }

  /// Clones the gateway's SD card; the gateway's process must have ended.
  public ClonedGateway cloneCard() throws IOException {
    ClonedGateway clone = ClonedGateway.of(config, this, cloneFolder(clones.size() + 1));
    clones.add(clone);
    return clone;
  }

  /// The clones of the gateway, in the order in which they were made.
  public List<ClonedGateway> clones() {
    return List.copyOf(clones);
  }

  /// The record file of the n-th clone.
  ///
  /// @param number from 1 on
  public Path cloneRecordFile(int number) {
    return ClonedGateway.recordFile(cloneFolder(number));
  }

  private Path cloneFolder(int number) {
    return folder.resolve("copy-" + number);
  }

  public void startGateway() throws IOException, InterruptedException {
    ManagedProcess started = launchGateway();
    started.awaitReady(START_LIMIT);
  }

  /// Starts the gateway without waiting for it.
  public ManagedProcess launchGateway() throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--config", folder.resolve("gateway.json").toString()));
    arguments.addAll(List.of("--record", recordFile().toString(), "--report", "1"));
    if (config.allowFaults() && config.clock().isPresent()) {
      if (clockFile.isEmpty()) {
        ProcessClock trueClock = ProcessClock.parse(config.clock().get());
        clockFile =
            Optional.of(new ClockFile(folder.resolve("clocks.properties"), trueClock, "boot"));
      }
      arguments.addAll(List.of("--clock-file", clockFile.get().path().toString()));
    }
    ManagedProcess started = start("gateway", arguments, this::report);
    gateway = Optional.of(started);
    return started;
  }

  private void report(String line) {
    Optional<KeyValueLine> parsed = KeyValueLine.parse("counters: ", line);
    if (parsed.isPresent()) {
      counters = OutboxCounters.of(parsed.get());
      reportCount.incrementAndGet();
    }
  }

  /// Controls the gateway's clocks.
  ///
  /// @throws IllegalStateException if the configuration does not allow faults
  public ClockFile clockFile() {
    return clockFile.orElseThrow(
        () -> new IllegalStateException("the gateway runs without a clock file"));
  }

  public ManagedProcess gateway() {
    return gateway.orElseThrow(() -> new IllegalStateException("the gateway was not started"));
  }

  /// Ends the gym's day: no more readings come.
  public void stopSimulator() {
    simulator.ifPresent(ManagedProcess::close);
  }

  private ManagedProcess start(String component, List<String> arguments, Consumer<String> onLine)
      throws IOException {
    return process(component, component, folder, arguments, onLine);
  }

  /// @param label of the process in messages, followed by the gym's id
  /// @param logFolder takes `COMPONENT.log`
  ManagedProcess process(
      String component,
      String label,
      Path logFolder,
      List<String> arguments,
      Consumer<String> onLine)
      throws IOException {
    List<String> all = new ArrayList<>(arguments);
    config.clock().ifPresent(it -> all.addAll(List.of("--clock", it)));
    return ManagedProcess.start(
        label + " of " + gymId(),
        config.launcher().process(component, all),
        logFolder.resolve(component + ".log"),
        onLine);
  }

  /// Sends SIGTERM to the gateway and does not wait, so that all gateways end at the same time.
  void terminateGateway() {
    gateway.ifPresent(ManagedProcess::terminate);
  }

  void closeGateway() {
    gateway.ifPresent(ManagedProcess::close);
  }

  /// Sends SIGTERM to the simulator and does not wait.
  void terminateSimulator() {
    simulator.ifPresent(ManagedProcess::terminate);
  }

  /// The gateway ends first, so that it does not record its sensors as unavailable.
  @Override
  public void close() throws IOException {
    clones.forEach(ClonedGateway::close);
    closeGateway();
    simulator.ifPresent(ManagedProcess::close);
    link.close();
  }
}
