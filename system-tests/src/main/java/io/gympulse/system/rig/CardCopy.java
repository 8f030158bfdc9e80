package io.gympulse.system.rig;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.process.ProcessClock;
import io.gympulse.system.process.KeyValueLine;
import io.gympulse.system.process.ManagedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// A copy of a gateway's card, and a second gateway that runs from it: with the same certificate,
/// configuration and outbox, on a link that it shares with the original, with sensors of its own.
/// Safe for any number of threads, except that one starts it.
public final class CardCopy implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> LEFT = Set.of("record.txt", "truth.jsonl");
  private static final String CONFIGURATION = "gateway.json";

  private final RigPlan rig;
  private final Branch original;
  private final Path folder;
  private final int lanPort;
  private final Optional<ClockScript> clocks;
  private final AtomicLong reports = new AtomicLong();
  private Optional<ManagedProcess> simulator = Optional.empty();
  private Optional<ManagedProcess> gateway = Optional.empty();
  private volatile Counters counters = Counters.ZERO;

  private CardCopy(
      RigPlan rig, Branch original, Path folder, int lanPort, Optional<ClockScript> clocks) {
    this.rig = rig;
    this.original = original;
    this.folder = folder;
    this.lanPort = lanPort;
    this.clocks = clocks;
  }

  /// Copies the card as it is; the original's process must have ended.
  ///
  /// @param folder a new one within the original's
  static CardCopy of(RigPlan rig, Branch original, Path folder) throws IOException {
    Files.createDirectories(folder);
    copyFiles(original.folder(), folder);
    copyFiles(original.folder().resolve("data"), Files.createDirectories(folder.resolve("data")));
    int lanPort = Ports.free();
    Path configuration = folder.resolve(CONFIGURATION);
    ObjectNode json = (ObjectNode) JSON.readTree(configuration.toFile());
    ((ObjectNode) json.required("lan")).put("port", lanPort);
    Files.writeString(configuration, json.toPrettyString());
    Optional<ClockScript> clocks = Optional.empty();
    if (rig.faults() && rig.clock().isPresent()) {
      ProcessClock truth = ProcessClock.parse(rig.clock().get());
      clocks =
          Optional.of(
              new ClockScript(
                  folder.resolve("clocks.properties"), truth, folder.getFileName() + "-boot"));
    }
    return new CardCopy(rig, original, folder, lanPort, clocks);
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(from)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (!LEFT.contains(name) && !name.endsWith(".log") && !name.startsWith("clocks.")) {
        Files.copy(file, to.resolve(name));
      }
    }
  }

  /// What its gateway's observer saw appended, a line each.
  public Path record() {
    return record(folder);
  }

  static Path record(Path folder) {
    return folder.resolve("record.txt");
  }

  /// What its gateway's clocks do, if they are scripted.
  public Optional<ClockScript> clocks() {
    return clocks;
  }

  /// As last reported by its gateway.
  public Counters counters() {
    return counters;
  }

  /// How often its gateway has reported its counters.
  public long reports() {
    return reports.get();
  }

  /// Starts its sensors and its gateway.
  ///
  /// @param seed of the day that its sensors see
  public void start(long seed) throws IOException, InterruptedException {
    if (rig.sensors() instanceof RigPlan.SensorsPlan.Simulated simulated) {
      ManagedProcess started =
          original.process(
              "sim",
              "copy's sensors",
              folder,
              original.simulatorArguments(simulated, seed, lanPort, folder.resolve("truth.jsonl")),
              _ -> {});
      simulator = Optional.of(started);
      started.awaitReady(START_LIMIT);
    }
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--config", folder.resolve(CONFIGURATION).toString()));
    arguments.addAll(List.of("--record", record().toString(), "--report", "1"));
    clocks.ifPresent(it -> arguments.addAll(List.of("--clock-file", it.file().toString())));
    ManagedProcess started =
        original.process("gateway", "copy of the gateway", folder, arguments, this::report);
    gateway = Optional.of(started);
    started.awaitReady(START_LIMIT);
  }

  private void report(String line) {
    Optional<KeyValueLine> parsed = KeyValueLine.parse("counters: ", line);
    if (parsed.isPresent()) {
      counters = Counters.of(parsed.get());
      reports.incrementAndGet();
    }
  }

  /// No reading comes any more.
  public void stopSimulator() {
    simulator.ifPresent(ManagedProcess::close);
  }

  @Override
  public void close() {
    gateway.ifPresent(ManagedProcess::close);
    simulator.ifPresent(ManagedProcess::close);
  }
}
