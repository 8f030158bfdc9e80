package io.gympulse.bench.footprint;

import io.gympulse.bench.latency.LanSensor;
import io.gympulse.bench.latency.LevelSensorGym;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.sim.lan.EmbeddedBroker;
import io.gympulse.sim.lan.LanAddress;
import io.gympulse.system.environment.EnvironmentConfig;
import io.gympulse.system.environment.TestEnvironment;
import io.gympulse.system.process.ManagedProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures the gateway as it is deployed, connected directly to a cloud: the time from the start
/// of its JVM to the first reading that is durable, memory after a minute with changes of 40
/// machines, and the processor while nothing changes. Beside it a JVM with the same options that
/// does nothing.
@Command(
    name = "footprint",
    mixinStandardHelpOptions = true,
    description = "memory, processor, start and size of the gateway")
public final class FootprintBench implements Callable<Integer> {
  private static final int MACHINES = 40;
  private static final Duration START_LIMIT = Duration.ofMinutes(1);
  private static final int PUBLISH_MILLIS = 5;
  private static final int CHANGE_MILLIS = 250;

  @Option(
      names = "--starts",
      defaultValue = "7",
      description = "starts, of which the median is printed (default: 7)")
  private int starts;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "seconds with changes until memory is read (default: 60)")
  private int seconds;

  @Option(
      names = "--idle",
      defaultValue = "30",
      description = "seconds without changes for the processor's figure (default: 30)")
  private int idle;

  @Option(
      names = "--java-options",
      split = " ",
      description = "additional options of both JVMs, separated by spaces")
  private List<String> javaOptions = List.of();

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException, InterruptedException, FloorPlanException {
    Path folder = Files.createTempDirectory("gympulse-footprint");
    try (EmbeddedBroker broker = EmbeddedBroker.start(new LanAddress("127.0.0.1", 0));
        TestEnvironment environment =
            TestEnvironment.start(
                LevelSensorGym.config(
                    folder, broker.address().port(), EnvironmentConfig.Timing.PRODUCTION, MACHINES),
                it -> out.println("  " + it));
        LanSensor sensor = LanSensor.connect(broker.address().port())) {
      environment.closeOnShutdown();
      // Its files are used by the packaged one.
      environment.gyms().getFirst().gateway().close();
      measure(folder, sensor);
    }
    return 0;
  }

  private void measure(Path folder, LanSensor sensor) throws IOException, InterruptedException {
    Path files = Files.createDirectory(folder.resolve("packaged"));
    PackagedGateway gateway =
        new PackagedGateway(files, folder.resolve("bench/gateway.json"), javaOptions);
    gateway.install();
    out.println("options: " + String.join(" ", gateway.options()));
    List<Double> ready = new ArrayList<>();
    for (int i = 0; i < starts; i++) {
      Path record = files.resolve("record-" + i);
      long start = System.nanoTime();
      try (ManagedProcess running = gateway.start(record)) {
        awaitReading(running, record, sensor);
        ready.add((System.nanoTime() - start) / 1e6);
      }
    }
    ready.sort(Double::compareTo);
    out.printf(
        "start to the first durable reading: fastest %.0f ms, slowest %.0f ms%n",
        ready.getFirst(), ready.getLast());
    try (ManagedProcess running = gateway.start(files.resolve("record"));
        ManagedProcess nothing = gateway.startIdleJvm()) {
      changeMachines(sensor);
      ProcessUsage usage = new ProcessUsage(running.pid());
      double resident = usage.residentMegabytes();
      double cpu = usage.cpuPercent(Duration.ofSeconds(idle));
      out.printf(
          "bench footprint: rss_mb=%.1f ready_ms=%.0f jar_mb=%.1f idle_cpu_percent=%.2f jvm_rss_mb=%.1f%n",
          resident,
          ready.get(ready.size() / 2),
          gateway.jarMegabytes(),
          cpu,
          new ProcessUsage(nothing.pid()).residentMegabytes());
    }
  }

  /// Reports a machine as in use, again and again, until an event of it is durable.
  private static void awaitReading(ManagedProcess running, Path record, LanSensor sensor)
      throws IOException, InterruptedException {
    long limit = System.nanoTime() + START_LIMIT.toNanos();
    while (!Files.exists(record) || !Files.readString(record).contains(" occupied ")) {
      if (!running.alive() || System.nanoTime() > limit) {
        throw new IllegalStateException("the gateway recorded no reading");
      }
      sensor.publish(LevelSensorGym.topic(0), true);
      TimeUnit.MILLISECONDS.sleep(PUBLISH_MILLIS);
    }
  }

  private void changeMachines(LanSensor sensor) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    for (int i = 0; System.nanoTime() < end; i++) {
      sensor.publish(LevelSensorGym.topic(i % MACHINES), i / MACHINES % 2 == 0);
      TimeUnit.MILLISECONDS.sleep(CHANGE_MILLIS);
    }
  }
}
