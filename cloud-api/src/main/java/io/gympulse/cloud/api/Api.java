package io.gympulse.cloud.api;

import io.gympulse.cloud.api.alerts.AlertQuotas;
import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.config.ConnectionLimits;
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

/// The API process: parses its options and runs the server until SIGTERM.
///
/// Prints `ready: api http=PORT` to standard output when it serves. An invalid option or a port in
/// use is reported by one line `error: ...` on standard error and exit status 2. SIGTERM stops it
/// at once: it has no state to save, and clients reconnect by themselves.
@Command(
    name = "api",
    mixinStandardHelpOptions = true,
    description = "Serves members: REST, live updates and the page.")
public final class Api implements Callable<Integer> {
  private static final int USAGE_ERROR = 2;
  private static final int ANY_PORT = -1;
  private static final long MAX_OFFLINE_AFTER = 86_400;

  @Option(
      names = "--database",
      required = true,
      paramLabel = "FILE",
      description = "The cloud's database file, which may appear later. Only alerts are written.")
  private Path database = Path.of("cloud.db");

  @Option(
      names = "--feed",
      required = true,
      paramLabel = "URL",
      description = "The cloud's feed of updates, such as http://127.0.0.1:8884.")
  private URI feed = URI.create("http://127.0.0.1:8884");

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port to listen on; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port = 8080;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The address to bind to (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(
      names = "--demo-control",
      paramLabel = "URL",
      description = "The process that runs the demo; the page then shows the demo's controls.")
  private @Nullable URI demoControl;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "A host name or address that clients use for this server, besides the loopback's and"
              + " the address they connect to; may be given several times.")
  private List<String> names = List.of();

  @Option(
      names = "--offline-after",
      paramLabel = "SECONDS",
      description =
          "A gateway without contact for so long is shown as offline; the same as the cloud's"
              + " option (default: ${DEFAULT-VALUE}).")
  private long offlineAfter = ApiConfiguration.OFFLINE_AFTER.toSeconds();

  @Option(
      names = "--streams",
      paramLabel = "N",
      description = "Maximum of open streams (default: ${DEFAULT-VALUE}).")
  private int streams = ConnectionLimits.STANDARD.total();

  @Option(
      names = "--streams-per-source",
      paramLabel = "N",
      description =
          "Maximum of open streams from one address; raise it behind a reverse proxy (default:"
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

  /// Serves until the process is stopped; returns the exit status if it cannot start.
  static int run(String... args) {
    CommandLine line = new CommandLine(new Api());
    line.setParameterExceptionHandler((problem, _) -> fail(problem.getMessage()));
    return line.execute(args);
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<String> invalid = validate();
    if (invalid.isPresent()) {
      return fail(invalid.get());
    }
    ApplicationContext context;
    try {
      context = context();
    } catch (IllegalArgumentException e) {
      return fail(e.getMessage());
    }
    EmbeddedServer server = context.getBean(EmbeddedServer.class);
    try {
      server.start();
    } catch (RuntimeException e) {
      return fail(bindFailure(e).orElseThrow(() -> e));
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

  private Optional<String> validate() {
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
      return Optional.of("--database '%s' is not readable by this user".formatted(database));
    }
    if (offlineAfter < 1 || offlineAfter > MAX_OFFLINE_AFTER) {
      return Optional.of(
          "--offline-after %d is not in 1 to %d".formatted(offlineAfter, MAX_OFFLINE_AFTER));
    }
    Optional<String> invalidName = names.stream().filter(it -> !SiteCheck.isName(it)).findFirst();
    if (invalidName.isPresent()) {
      return invalidName.map("--name '%s' is not a host name or address"::formatted);
    }
    if (!isHttp(feed)) {
      return Optional.of("--feed '%s' is not of the form http://HOST:PORT".formatted(feed));
    }
    if (demoControl != null && !isHttp(demoControl)) {
      return Optional.of(
          "--demo-control '%s' is not of the form http://HOST:PORT".formatted(demoControl));
    }
    try {
      AlertQuotas.Limits _ = alerts.limits();
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

  private static int fail(@Nullable String message) {
    System.err.println("error: " + message);
    return USAGE_ERROR;
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
