package io.gympulse.system.environment;

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

/// A second gateway that runs from a clone of a gateway's SD card: with the same certificate,
/// configuration and outbox, over the original's link, with a simulator of its own. Safe for any
/// number of threads, except that one thread starts it.
public final class ClonedGateway implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> NOT_COPIED = Set.of("record.txt", "truth.jsonl");
  private static final String CONFIGURATION = "gateway.json";

  private final EnvironmentConfig config;
  private final GymProcesses original;
  private final Path folder;
  private final int lanPort;
  private final Optional<ClockFile> clockFile;
  private final AtomicLong reportCount = new AtomicLong();
  private Optional<ManagedProcess> simulator = Optional.empty();
  private Optional<ManagedProcess> gateway = Optional.empty();
  private volatile OutboxCounters counters = OutboxCounters.ZERO;

  private ClonedGateway(
      EnvironmentConfig config,
      GymProcesses original,
      Path folder,
      int lanPort,
      Optional<ClockFile> clockFile) {
    this.config = config;
    this.original = original;
    this.folder = folder;
    this.lanPort = lanPort;
    this.clockFile = clockFile;
  }

  /// Copies the card's files; the original's process must have ended.
  ///
  /// @param folder a new one within the original's
  static ClonedGateway of(EnvironmentConfig config, GymProcesses original, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    copyFiles(original.folder(), folder);
    copyFiles(original.folder().resolve("data"), Files.createDirectories(folder.resolve("data")));
    int lanPort = Ports.free();
    Path configuration = folder.resolve(CONFIGURATION);
    ObjectNode json = (ObjectNode) JSON.readTree(configuration.toFile());
    ((ObjectNode) json.required("lan")).put("port", lanPort);
    Files.writeString(configuration, json.toPrettyString());
    Optional<ClockFile> clockFile = Optional.empty();
    if (config.allowFaults() && config.clock().isPresent()) {
      ProcessClock trueClock = ProcessClock.parse(config.clock().get());
      clockFile =
          Optional.of(
              new ClockFile(
                  folder.resolve("clocks.properties"), trueClock, folder.getFileName() + "-boot"));
    }
    return new ClonedGateway(config, original, folder, lanPort, clockFile);
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(from)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (!NOT_COPIED.contains(name) && !name.endsWith(".log") && !name.startsWith("clocks.")) {
        Files.copy(file, to.resolve(name));
      }
    }
  }

  /// The gateway's `--record` file: a line per event whose append has returned.
  public Path recordFile() {
    return recordFile(folder);
  }

  static Path recordFile(Path folder) {
    return folder.resolve("record.txt");
  }

  /// Controls the gateway's clocks; empty if the configuration does not allow faults.
  public Optional<ClockFile> clockFile() {
    return clockFile;
  }

  /// The counters last reported by the gateway.
  public OutboxCounters counters() {
    return counters;
  }

  /// How often the gateway has reported its counters.
  public long reportCount() {
    return reportCount.get();
  }

  /// Starts simulator and gateway.
  ///
  /// @param seed of the simulated day
  public void start(long seed) throws IOException, InterruptedException {
    if (config.sensors() instanceof EnvironmentConfig.SensorInput.Simulated simulated) {
      ManagedProcess started =
          original.process(
              "sim",
              "clone's simulator",
              folder,
              original.simulatorArguments(simulated, seed, lanPort, folder.resolve("truth.jsonl")),
              _ -> {});
      simulator = Optional.of(started);
      started.awaitReady(START_LIMIT);
    }
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--config", folder.resolve(CONFIGURATION).toString()));
    arguments.addAll(List.of("--record", recordFile().toString(), "--report", "1"));
    clockFile.ifPresent(it -> arguments.addAll(List.of("--clock-file", it.path().toString())));
    ManagedProcess started =
        original.process("gateway", "clone of the gateway", folder, arguments, this::report);
    gateway = Optional.of(started);
    started.awaitReady(START_LIMIT);
  }

  private void report(String line) {
    Optional<KeyValueLine> parsed = KeyValueLine.parse("counters: ", line);
    if (parsed.isPresent()) {
      counters = OutboxCounters.of(parsed.get());
      reportCount.incrementAndGet();
    }
  }

  /// Ends the simulated day: no more readings come.
  public void stopSimulator() {
    simulator.ifPresent(ManagedProcess::close);
  }

  @Override
  public void close() {
    gateway.ifPresent(ManagedProcess::close);
    simulator.ifPresent(ManagedProcess::close);
  }
}
