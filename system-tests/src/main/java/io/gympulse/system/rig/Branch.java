package io.gympulse.system.rig;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.process.ProcessClock;
import io.gympulse.system.link.Link;
import io.gympulse.system.link.LinkState;
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

/// One gym of a [Rig]: its sensors, its gateway, and its link to the cloud. The gateway may be
/// killed and started again; the files it and the simulator write are continued.
public final class Branch implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final RigPlan rig;
  private final FloorPlan plan;
  private final Path floorPlan;
  private final Path folder;
  private final Link link;
  private final int lanPort;
  private Optional<ManagedProcess> simulator = Optional.empty();
  private Optional<ManagedProcess> gateway = Optional.empty();
  private Optional<ClockScript> clocks = Optional.empty();
  private final List<CardCopy> copies = new CopyOnWriteArrayList<>();
  private final AtomicLong reports = new AtomicLong();
  private volatile Counters counters = Counters.ZERO;
  private volatile boolean linkUp = true;

  Branch(RigPlan rig, FloorPlan plan, Path floorPlan, Path folder, Link link, int lanPort) {
    this.rig = rig;
    this.plan = plan;
    this.floorPlan = floorPlan;
    this.folder = folder;
    this.link = link;
    this.lanPort = lanPort;
  }

  public FloorPlan plan() {
    return plan;
  }

  /// What the gateway's observer saw appended, a line each.
  public Path record() {
    return folder.resolve("record.txt");
  }

  /// The simulator's truth.
  public Path truth() {
    return folder.resolve("truth.jsonl");
  }

  /// As last reported by the gateway.
  public Counters counters() {
    return counters;
  }

  /// How often gateways that run from the original card have reported their counters.
  public long reports() {
    return reports.get();
  }

  public boolean linkUp() {
    return linkUp;
  }

  /// Whether its gateway has a connection to the cloud.
  public boolean reachesCloud() {
    return linkUp && link.carries();
  }

  public void setLink(LinkState state) {
    linkUp = state instanceof LinkState.Up;
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

  Path floorPlan() {
    return floorPlan;
  }

  void startSimulator(RigPlan.SensorsPlan.Simulated simulated)
      throws IOException, InterruptedException {
    List<String> arguments = simulatorArguments(simulated, simulated.seed(), lanPort, truth());
    ManagedProcess started = start("sim", arguments, _ -> {});
    simulator = Optional.of(started);
    started.awaitReady(START_LIMIT);
  }

  List<String> simulatorArguments(
      RigPlan.SensorsPlan.Simulated simulated, long seed, int port, Path toTruth) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--floor-plan", floorPlan.toString()));
    arguments.addAll(List.of("--seed", Long.toString(seed)));
    arguments.addAll(List.of("--listen", "127.0.0.1:" + port));
    arguments.addAll(List.of("--truth", toTruth.toString()));
    arguments.addAll(simulated.arguments());
    return arguments;
  }

  /// Copies the card of the gateway, whose process must have ended.
  public CardCopy copyCard() throws IOException {
    CardCopy copy = CardCopy.of(rig, this, copyFolder(copies.size() + 1));
    copies.add(copy);
    return copy;
  }

  /// The copies of its gateway's card, in the order in which they were made.
  public List<CardCopy> copies() {
    return List.copyOf(copies);
  }

  /// Where the observer of the gateway that runs from the n-th copy, from 1 on, notes what it sees.
  public Path recordOfCopy(int number) {
    return CardCopy.record(copyFolder(number));
  }

  private Path copyFolder(int number) {
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
    arguments.addAll(List.of("--record", record().toString(), "--report", "1"));
    if (rig.faults() && rig.clock().isPresent()) {
      if (clocks.isEmpty()) {
        ProcessClock truth = ProcessClock.parse(rig.clock().get());
        clocks = Optional.of(new ClockScript(folder.resolve("clocks.properties"), truth, "boot"));
      }
      arguments.addAll(List.of("--clock-file", clocks.get().file().toString()));
    }
    ManagedProcess started = start("gateway", arguments, this::report);
    gateway = Optional.of(started);
    return started;
  }

  private void report(String line) {
    Optional<KeyValueLine> parsed = KeyValueLine.parse("counters: ", line);
    if (parsed.isPresent()) {
      counters = Counters.of(parsed.get());
      reports.incrementAndGet();
    }
  }

  /// What the gateway's clocks do, where the plan lets them go wrong.
  public ClockScript clocks() {
    return clocks.orElseThrow(() -> new IllegalStateException("the clocks are not scripted"));
  }

  public ManagedProcess gateway() {
    return gateway.orElseThrow(() -> new IllegalStateException("the gateway was not started"));
  }

  /// Ends the gym's day: no reading comes any more.
  public void stopSimulator() {
    simulator.ifPresent(ManagedProcess::close);
  }

  private ManagedProcess start(String component, List<String> arguments, Consumer<String> onLine)
      throws IOException {
    return process(component, component, folder, arguments, onLine);
  }

  /// @param kind what it is called in messages
  /// @param to where its log goes
  ManagedProcess process(
      String component, String kind, Path to, List<String> arguments, Consumer<String> onLine)
      throws IOException {
    List<String> all = new ArrayList<>(arguments);
    rig.clock().ifPresent(it -> all.addAll(List.of("--clock", it)));
    return ManagedProcess.start(
        kind + " of " + plan.gym().id(),
        rig.launcher().process(component, all),
        to.resolve(component + ".log"),
        onLine);
  }

  /// Asks the gateway to end without waiting, so that all gateways end at the same time.
  void terminateGateway() {
    gateway.ifPresent(ManagedProcess::terminate);
  }

  void closeGateway() {
    gateway.ifPresent(ManagedProcess::close);
  }

  /// Asks the simulator to end without waiting.
  void terminateSimulator() {
    simulator.ifPresent(ManagedProcess::terminate);
  }

  /// The gateway ends first: it is not to record that its sensors went away.
  @Override
  public void close() throws IOException {
    copies.forEach(CardCopy::close);
    closeGateway();
    simulator.ifPresent(ManagedProcess::close);
    link.close();
  }
}
