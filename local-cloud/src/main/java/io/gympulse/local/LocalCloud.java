package io.gympulse.local;

import io.gympulse.local.provision.Refusals;
import io.gympulse.process.ParentWatch;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The process of the local cloud: options, ready line and end.
@Command(
    name = "cloud",
    mixinStandardHelpOptions = true,
    description = "The local cloud: MQTT broker with mutual TLS, rules, shadows, ingest, feed.")
public final class LocalCloud implements Callable<Integer> {

  /// How long an orderly stop may take; everything kept is safe against being killed.
  private static final Duration STOP_LIMIT = Duration.ofMillis(1500);

  @Option(names = "--data", required = true, description = "data directory; made if it is missing")
  private Path data = Path.of("");

  @Option(names = "--host", defaultValue = "127.0.0.1", description = "address to listen on")
  private String host = "";

  @Option(
      names = "--name",
      description =
          "a DNS name or address by which gateways reach the broker, for its certificate; may be"
              + " repeated. The machine's own are in it if --host is 0.0.0.0")
  private List<String> names = List.of();

  @Option(names = "--mqtt-port", defaultValue = "8883", description = "port of the MQTT broker")
  private int mqttPort;

  @Option(names = "--feed-port", defaultValue = "8884", description = "port of the HTTP feed")
  private int feedPort;

  @Option(names = "--floor-plans", description = "a folder of floor plans to register")
  private @Nullable Path floorPlans;

  @Option(
      names = "--offline-after",
      defaultValue = "300",
      description = "seconds of silence after which a gateway is offline")
  private long offlineAfter;

  @Option(
      names = "--acknowledge-within",
      defaultValue = "2",
      description =
          "seconds for which acknowledgements of live events are held, so that several share a"
              + " message; 0 to 10 (default: 2)")
  private double acknowledgeWithin;

  @Option(names = "--allow-faults", description = "serve POST /fault/halt-before-ack on the feed")
  private boolean allowFaults;

  @Option(
      names = "--operators-webhook",
      description = "where operators are told; signed with operators.secret in --data")
  private @Nullable URI operatorsWebhook;

  @Option(names = "--operators-email", description = "where operators are written to")
  private @Nullable String operatorsEmail;

  @Option(names = "--mail-folder", description = "takes each mail as a file; else no mail is sent")
  private @Nullable Path mailFolder;

  @Option(
      names = "--connections",
      description = "the API, which holds members' open pages, such as http://127.0.0.1:8080")
  private @Nullable URI connections;

  @Option(names = "--clock", description = "EPOCH,RATE: a scaled clock instead of the real one")
  private @Nullable String clock;

  @Override
  public Integer call() throws IOException, InterruptedException {
    RunningCloud cloud = RunningCloud.start(settings());
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(cloud, stopped)));
    System.out.println("ready: cloud mqtt=" + cloud.mqttPort() + " feed=" + cloud.feedPort());
    stopped.await();
    return 0;
  }

  private CloudSettings settings() {
    if (floorPlans != null && !Files.isDirectory(floorPlans)) {
      throw new IllegalArgumentException(
          "--floor-plans %s is not a folder; give the folder that holds the gyms' floor plans"
              .formatted(floorPlans));
    }
    return new CloudSettings(
        new DataFolder(data),
        host,
        names,
        mqttPort,
        feedPort,
        Optional.ofNullable(floorPlans),
        Duration.ofSeconds(offlineAfter),
        Duration.ofMillis(Math.round(acknowledgeWithin * 1_000)),
        allowFaults,
        AlertSettings.of(operatorsWebhook, operatorsEmail, mailFolder, connections),
        clock == null ? ProcessClock.real() : ProcessClock.parse(clock));
  }

  private static void stop(RunningCloud cloud, CountDownLatch stopped) {
    Thread guard =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    Thread.sleep(STOP_LIMIT);
                    Runtime.getRuntime().halt(0);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    cloud.close();
    guard.interrupt();
    stopped.countDown();
  }

  /// Serves until it is told to stop; exit code 2 with one line on stderr if it cannot start.
  public static void main(String[] arguments) {
    ParentWatch.start();
    System.exit(Refusals.commandLine(new LocalCloud()).execute(arguments));
  }
}
