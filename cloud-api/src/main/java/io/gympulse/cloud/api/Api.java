package io.gympulse.cloud.api;

import io.gympulse.cloud.api.setting.AlertLimits;
import io.gympulse.cloud.api.setting.ApiConfiguration;
import io.gympulse.cloud.api.setting.ConnectionLimits;
import io.gympulse.process.ParentWatch;
import io.gympulse.process.ProcessClock;
import io.gympulse.process.SiteCheck;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The API process: reads its options, starts the server, says when it is ready, stops on SIGTERM.
///
/// Prints `ready: api http=PORT` to standard output once it serves. A refused option or a used port
/// is one line `error: ...` on standard error and exit status 2. SIGTERM ends it at once: it holds
/// nothing that must be saved, and clients come back by themselves.
@Command(
    name = "api",
    mixinStandardHelpOptions = true,
    description = "Serves members: REST, live updates and the page.")
public final class Api implements Callable<Integer> {
  private static final int REFUSED = 2;
  private static final int ANY_PORT = -1;
  private static final long MOST_OFFLINE_AFTER = 86_400;

  @Option(
      names = "--database",
      required = true,
      paramLabel = "FILE",
      description = "The cloud's database; only alerts are written. It may appear later.")
  private Path database = Path.of("cloud.db");

  @Option(
      names = "--feed",
      required = true,
      paramLabel = "URL",
      description = "The cloud's feed of updates, as in http://127.0.0.1:8884.")
  private URI feed = URI.create("http://127.0.0.1:8884");

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Where to listen; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int port = 8080;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The address to bind (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(
      names = "--demo-control",
      paramLabel = "URL",
      description = "The process that runs the demo; offers its switch on the page.")
  private @Nullable URI demoControl;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "A host name or address by which clients call this server, if it is neither the"
              + " loopback's nor the address they reach; may be given several times.")
  private List<String> names = List.of();

  @Option(
      names = "--offline-after",
      paramLabel = "SECONDS",
      description =
          "A gateway last heard so long ago is shown as offline; the same as the cloud's option"
              + " (default: ${DEFAULT-VALUE}).")
  private long offlineAfter = ApiConfiguration.OFFLINE_AFTER.toSeconds();

  @Option(
      names = "--streams",
      paramLabel = "N",
      description = "The most streams that may be open (default: ${DEFAULT-VALUE}).")
  private int streams = ConnectionLimits.STANDARD.inAll();

  @Option(
      names = "--streams-per-source",
      paramLabel = "N",
      description =
          "The most of them from one address; raise it behind a reverse proxy (default:"
              + " ${DEFAULT-VALUE}).")
  private int streamsPerSource = ConnectionLimits.STANDARD.perSource();

  @Option(
      names = "--clock",
      paramLabel = "EPOCH,RATE",
      converter = ClockConverter.class,
      description = "A scaled clock, for simulations.")
  private ProcessClock clock = ProcessClock.real();

  @Mixin private AlertOptions alerts = new AlertOptions();

  public static void main(String[] args) {
    ParentWatch.start();
    System.exit(run(args));
  }

  /// Serves until the process is stopped; returns the exit status if it cannot.
  static int run(String... args) {
    CommandLine line = new CommandLine(new Api());
    line.setParameterExceptionHandler((problem, _) -> refuse(problem.getMessage()));
    return line.execute(args);
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<String> complaint = complaint();
    if (complaint.isPresent()) {
      return refuse(complaint.get());
    }
    ApplicationContext context;
    try {
      context = context();
    } catch (IllegalArgumentException e) {
      return refuse(e.getMessage());
    }
    EmbeddedServer server = context.getBean(EmbeddedServer.class);
    try {
      server.start();
    } catch (RuntimeException e) {
      return refuse(bindFailure(e).orElseThrow(() -> e));
    }
    System.out.println("ready: api http=" + server.getPort());
    System.out.flush();
    new CountDownLatch(1).await();
    return 0;
  }

  private ApplicationContext context() {
    ApiConfiguration configuration =
        new ApiConfiguration(
            database,
            feed,
            Optional.ofNullable(demoControl),
            clock,
            Duration.ofSeconds(offlineAfter),
            new ApiConfiguration.Admission(
                Set.copyOf(names), new ConnectionLimits(streams, streamsPerSource)));
    return ApplicationContext.builder()
        .banner(false)
        .properties(
            Map.of(
                "micronaut.server.host",
                host,
                "micronaut.server.port",
                port == 0 ? ANY_PORT : port))
        .singletons(configuration, clock, alerts.limits())
        .start();
  }

  private Optional<String> complaint() {
    if (port < 0 || port > 65_535) {
      return Optional.of("--port %d is not in 0 to 65535".formatted(port));
    }
    if (!isAddress(host)) {
      return Optional.of("--host '%s' is not an address of this machine".formatted(host));
    }
    if (Files.exists(database) && !Files.isRegularFile(database)) {
      return Optional.of(
          "--database '%s' is not a file; give the cloud's database, as in DATA/cloud.db"
              .formatted(database));
    }
    if (Files.exists(database) && !Files.isReadable(database)) {
      return Optional.of("--database '%s' may not be read by this user".formatted(database));
    }
    if (offlineAfter < 1 || offlineAfter > MOST_OFFLINE_AFTER) {
      return Optional.of(
          "--offline-after %d is not in 1 to %d".formatted(offlineAfter, MOST_OFFLINE_AFTER));
    }
    Optional<String> noName = names.stream().filter(it -> !SiteCheck.isName(it)).findFirst();
    if (noName.isPresent()) {
      return noName.map("--name '%s' is not a host name or address"::formatted);
    }
    if (!isHttp(feed)) {
      return Optional.of("--feed '%s' is not of the form http://HOST:PORT".formatted(feed));
    }
    if (demoControl != null && !isHttp(demoControl)) {
      return Optional.of(
          "--demo-control '%s' is not of the form http://HOST:PORT".formatted(demoControl));
    }
    try {
      AlertLimits _ = alerts.limits();
    } catch (IllegalArgumentException e) {
      return Optional.ofNullable(e.getMessage());
    }
    return Optional.empty();
  }

  private static boolean isAddress(String name) {
    try {
      return !name.isBlank() && InetAddress.getByName(name) != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean isHttp(URI address) {
    return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
        && address.getHost() != null
        && address.getPort() <= 65_535;
  }

  private Optional<String> bindFailure(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException bind) {
        return Optional.of(
            String.valueOf(bind.getMessage()).contains("in use")
                ? "port %d is in use; choose another with --port".formatted(port)
                : "cannot listen on %s: %s; see --host".formatted(host, bind.getMessage()));
      }
    }
    return Optional.empty();
  }

  private static int refuse(@Nullable String why) {
    System.err.println("error: " + why);
    return REFUSED;
  }

  private static final class ClockConverter implements CommandLine.ITypeConverter<ProcessClock> {
    @Override
    public ProcessClock convert(String text) {
      try {
        return ProcessClock.parse(text);
      } catch (IllegalArgumentException e) {
        throw new CommandLine.TypeConversionException(e.getMessage());
      }
    }
  }
}
