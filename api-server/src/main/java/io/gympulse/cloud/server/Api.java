package io.gympulse.cloud.server;

import io.gympulse.cloud.api.ApiOptions;
import io.gympulse.cloud.api.ApiServer;
import io.gympulse.cloud.api.alerts.AlertQuotas;
import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.identity.IdentityOptions;
import io.gympulse.cloud.api.identity.TokenIssuer;
import io.gympulse.cloud.aws.dynamo.DynamoCloudStore;
import io.gympulse.process.ParentWatch;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
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
    description = {
      "Serves members over DynamoDB's tables: REST, live updates and the page.",
      "Any number of processes may run, each with a thing of its own."
    })
public final class Api implements Callable<Integer> {
  private static final int USAGE_ERROR = 2;
  private static final long MAX_OFFLINE_AFTER = 86_400;

  @Mixin private StoreOptions store = new StoreOptions();

  @Mixin private BrokerOptions broker = new BrokerOptions();

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
              + " (default: ${DEFAULT-VALUE}).")
  private long offlineAfter = ApiConfiguration.OFFLINE_AFTER.toSeconds();

  @Option(
      names = "--clock",
      paramLabel = "EPOCH,RATE",
      converter = ClockConverter.class,
      description = "A scaled clock, for simulations.")
  private ProcessClock clock = ProcessClock.real();

  @Mixin private ApiOptions options = new ApiOptions();

  @Mixin private IdentityOptions identity = new IdentityOptions();

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
  public Integer call() throws IOException, InterruptedException {
    try (DynamoCloudStore opened = store.open(clock, System.getenv());
        ApiServer server = start(opened)) {
      System.out.println("ready: api http=" + server.port());
      System.out.flush();
      new CountDownLatch(1).await();
      return 0;
    } catch (BindException e) {
      return fail(
          String.valueOf(e.getMessage()).contains("in use")
              ? "port %d is in use; choose another with --port".formatted(port)
              : "cannot listen on %s: %s; see --host".formatted(host, e.getMessage()));
    } catch (IllegalArgumentException e) {
      return fail(e.getMessage());
    }
  }

  /// @throws IllegalArgumentException naming the option that is wrong
  private ApiServer start(DynamoCloudStore opened) throws IOException {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("--port %d is not in 0 to 65535".formatted(port));
    }
    if (!isAddress(host)) {
      throw new IllegalArgumentException(
          "--host '%s' is not an address of this machine".formatted(host));
    }
    if (offlineAfter < 1 || offlineAfter > MAX_OFFLINE_AFTER) {
      throw new IllegalArgumentException(
          "--offline-after %d is not in 1 to %d".formatted(offlineAfter, MAX_OFFLINE_AFTER));
    }
    ApiConfiguration configuration =
        options.configuration(host, port, names, clock, Duration.ofSeconds(offlineAfter));
    AlertQuotas.Limits limits = options.limits();
    TokenIssuer issuer =
        identity.oidc().<TokenIssuer>map(it -> it).orElseGet(TokenIssuer.None::new);
    BrokerSettings settings = broker.settings();
    UpdatesSubscription updates =
        new UpdatesSubscription(new BrokerClients(settings), settings.address(), clock);
    return ApiServer.start(
        new ApiServer.Services(
            opened.queries(),
            opened.alerts(),
            updates,
            issuer,
            List.of(new BrokerHealthCheck(updates))),
        configuration,
        limits);
  }

  private static boolean isAddress(String name) {
    try {
      return !name.isBlank() && InetAddress.getByName(name) != null;
    } catch (UnknownHostException e) {
      return false;
    }
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
