package io.gympulse.cloud.api;

import io.gympulse.cloud.api.setting.ApiConfiguration;
import io.gympulse.contract.clock.ProcessClock;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The API process: reads its options, starts the server, says when it is ready, stops on SIGTERM.
///
/// Prints `ready: api http=PORT` to standard output once it serves. A refused option or a used port
/// is one line `error: ...` on standard error and exit status 2.
@Command(
    name = "api",
    mixinStandardHelpOptions = true,
    description = "Serves members: REST, live updates and the page.")
public final class Api implements Callable<Integer> {
  private static final int REFUSED = 2;

  @Option(
      names = "--database",
      required = true,
      paramLabel = "FILE",
      description = "The cloud's database, read only. It may appear later.")
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
      names = "--clock",
      paramLabel = "EPOCH,RATE",
      converter = ClockConverter.class,
      description = "A scaled clock, for simulations.")
  private ProcessClock clock = ProcessClock.real();

  public static void main(String[] args) {
    CommandLine line = new CommandLine(new Api());
    line.setParameterExceptionHandler((problem, given) -> refuse(problem.getMessage()));
    System.exit(line.execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    ApplicationContext context = context();
    EmbeddedServer server = context.getBean(EmbeddedServer.class);
    try {
      server.start();
    } catch (RuntimeException e) {
      return refuse(bindFailure(e).orElseThrow(() -> e));
    }
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop"));
    System.out.println("ready: api http=" + server.getPort());
    System.out.flush();
    new CountDownLatch(1).await();
    return 0;
  }

  private ApplicationContext context() {
    ApiConfiguration configuration =
        new ApiConfiguration(database, feed, Optional.ofNullable(demoControl), clock);
    return ApplicationContext.builder()
        .banner(false)
        .properties(Map.of("micronaut.server.host", host, "micronaut.server.port", port))
        .singletons(configuration, clock)
        .start();
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
