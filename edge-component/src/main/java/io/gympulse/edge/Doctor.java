package io.gympulse.edge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.edge.configuration.ConfigurationException;
import io.gympulse.edge.configuration.GatewayConfiguration;
import io.gympulse.edge.configuration.GatewayConfigurationFile;
import io.gympulse.edge.doctor.Check;
import io.gympulse.edge.doctor.CheckRun;
import io.gympulse.edge.doctor.CheckRun.Result;
import io.gympulse.edge.doctor.Checks;
import io.gympulse.process.ParentWatch;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Checks a gateway's machine and installation.
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Checks all that a gateway needs of its machine, its network and the cloud, and says what to"
          + " do. It changes nothing and leaves a running gateway undisturbed.",
      "Run it on the gateway's machine as the gateway's user."
    })
public final class Doctor implements Callable<Integer> {
  private static final int EXIT_OK = 0;
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_USAGE = 2;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--config", required = true, description = "The gateway's configuration file.")
  private Path config = Path.of("gateway.json");

  @Option(names = "--json", description = "Print one JSON object instead of lines.")
  private boolean json;

  private Doctor() {}

  /// Exit code 0; 1 if a check failed; 2 if the options are invalid.
  public static void main(String[] arguments) {
    ParentWatch.start();
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Doctor());
    line.setParameterExceptionHandler(
        (e, _) -> {
          line.getErr().println("error: " + e.getMessage());
          line.getErr().flush();
          return EXIT_USAGE;
        });
    return line;
  }

  @Override
  public Integer call() throws IOException {
    Optional<GatewayConfiguration> configuration = configuration();
    List<Check> checks =
        Checks.all(
            config,
            configuration,
            ProcessClock.real(),
            () -> configuration.ifPresent(it -> Uplinks.of(it).close()));
    List<Result> results = new CheckRun(checks, LIMIT).run();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(results));
    } else {
      results.forEach(it -> print(out, it));
    }
    out.flush();
    return CheckRun.hasFailed(results) ? EXIT_FAILED : EXIT_OK;
  }

  /// Why it cannot be read is the result of a check.
  private Optional<GatewayConfiguration> configuration() {
    try {
      return Optional.of(GatewayConfigurationFile.read(config));
    } catch (ConfigurationException e) {
      return Optional.empty();
    }
  }

  private static void print(PrintWriter out, Result result) {
    Check.Finding finding = result.finding();
    out.printf("%-8s %-14s %s%n", finding.status().wireName(), result.name(), finding.seen());
    if (!finding.remedy().isEmpty()) {
      out.printf("%-8s %-14s -> %s%n", "", "", finding.remedy());
    }
  }

  private static String json(List<Result> results) {
    ObjectNode root = JsonTree.object();
    root.put("failed", CheckRun.hasFailed(results));
    ArrayNode checks = root.putArray("checks");
    for (Result it : results) {
      checks
          .addObject()
          .put("name", it.name())
          .put("status", it.finding().status().wireName())
          .put("seen", it.finding().seen())
          .put("remedy", it.finding().remedy());
    }
    return root.toString();
  }
}
