package io.gympulse.local;

import io.gympulse.cloud.api.ApiOptions;
import io.gympulse.cloud.api.identity.IdentityOptions;
import io.gympulse.local.provision.CommandErrors;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The process of the local cloud: options, ready line and shutdown.
@Command(
    name = "cloud",
    mixinStandardHelpOptions = true,
    description =
        "The cloud on one machine: MQTT broker with mutual TLS, rules, shadows, ingest, REST, live"
            + " updates and the page.")
public final class LocalCloud implements Callable<Integer> {

  /// How long an orderly shutdown may take; a kill loses no stored data.
  private static final Duration STOP_TIMEOUT = Duration.ofMillis(1500);

  @Option(
      names = "--data",
      required = true,
      description = "data directory; created if it is missing")
  private Path data = Path.of("");

  @Option(names = "--host", defaultValue = "127.0.0.1", description = "address to listen on")
  private String host = "";

  @Option(
      names = "--name",
      description =
          "a DNS name or address by which gateways reach the broker, for its certificate; may be"
              + " repeated. The machine's own are included if --host is 0.0.0.0")
  private List<String> names = List.of();

  @Option(names = "--mqtt-port", defaultValue = "8883", description = "port of the MQTT broker")
  private int mqttPort;

  @Option(
      names = "--http-port",
      defaultValue = "8884",
      description = "port of devices' reports, operators' requests and health")
  private int httpPort;

  @Option(
      names = "--api-port",
      defaultValue = "8080",
      description = "port of REST, live updates and the page")
  private int apiPort;

  @Option(
      names = "--api-host",
      description = "address to serve the page on (default: that of --host)")
  private @Nullable String apiHost;

  @Option(names = "--floor-plans", description = "a folder of floor plans to register")
  private @Nullable Path floorPlans;

  @Option(
      names = "--offline-after",
      defaultValue = "300",
      description = "seconds without contact after which a gateway is offline")
  private long offlineAfter;

  @Option(
      names = "--acknowledge-within",
      defaultValue = "2",
      description =
          "seconds for which acknowledgements of live events are held, so that several share a"
              + " message; 0 to 10 (default: 2)")
  private double acknowledgeWithin;

  @Option(
      names = "--allow-faults",
      description = "serve POST /fault/halt-before-ack on the HTTP port")
  private boolean allowFaults;

  @Option(
      names = "--operators-webhook",
      description = "webhook for operators' notifications; signed with operators.secret in --data")
  private @Nullable URI operatorsWebhook;

  @Option(names = "--operators-email", description = "address for operators' notifications")
  private @Nullable String operatorsEmail;

  @Option(
      names = "--mail-folder",
      description = "folder for mails, a file each; without it no mail is sent")
  private @Nullable Path mailFolder;

  @Option(names = "--clock", description = "EPOCH,RATE: a scaled clock instead of the real one")
  private @Nullable String clock;

  @Option(
      names = "--allow-development-tokens",
      description =
          "hand out members' tokens, although others than this machine may reach the API; for tests"
              + " on a network of your own")
  private boolean allowDevelopmentTokens;

  @Mixin private ApiOptions api = new ApiOptions();

  @Mixin private IdentityOptions identity = new IdentityOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    RunningCloud cloud = RunningCloud.start(settings());
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(cloud, stopped)));
    System.out.println(
        "ready: cloud mqtt=%d http=%d api=%d"
            .formatted(cloud.mqttPort(), cloud.httpPort(), cloud.apiPort()));
    stopped.await();
    return 0;
  }

  private CloudSettings settings() {
    if (floorPlans != null && !Files.isDirectory(floorPlans)) {
      throw new IllegalArgumentException(
          "--floor-plans %s is not a folder; give the folder that holds the gyms' floor plans"
              .formatted(floorPlans));
    }
    ProcessClock processClock = clock == null ? ProcessClock.real() : ProcessClock.parse(clock);
    Duration timeout = Duration.ofSeconds(offlineAfter);
    return new CloudSettings(
        new DataFolder(data),
        host,
        names,
        mqttPort,
        httpPort,
        Optional.ofNullable(floorPlans),
        timeout,
        Duration.ofMillis(Math.round(acknowledgeWithin * 1_000)),
        allowFaults,
        NotificationSettings.of(operatorsWebhook, operatorsEmail, mailFolder),
        api.configuration(apiHost == null ? host : apiHost, apiPort, names, processClock, timeout),
        new IdentitySettings(identity.oidc(), allowDevelopmentTokens),
        api.limits(),
        processClock);
  }

  private static void stop(RunningCloud cloud, CountDownLatch stopped) {
    Thread watchdog =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    Thread.sleep(STOP_TIMEOUT);
                    Runtime.getRuntime().halt(0);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    cloud.close();
    watchdog.interrupt();
    stopped.countDown();
  }

  /// Serves until a signal stops it; exit code 2 with one line on stderr if it cannot start.
  public static void main(String[] arguments) {
    ParentWatch.start();
    System.exit(CommandErrors.commandLine(new LocalCloud()).execute(arguments));
  }
}
