package io.gympulse.edge;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.edge.configuration.ConfigurationException;
import io.gympulse.edge.configuration.GatewayConfiguration;
import io.gympulse.edge.configuration.GatewayConfigurationFile;
import io.gympulse.edge.learning.ValueCollector;
import io.gympulse.edge.sensing.SourceStatus;
import io.gympulse.edge.sensing.mqtt.LanBrokerConfig;
import io.gympulse.edge.sensing.mqtt.TopicListener;
import io.gympulse.edge.status.GatewayStatus;
import io.gympulse.edge.status.GatewayStatus.SensorStatus;
import io.gympulse.edge.status.GatewayStatusJson;
import io.gympulse.edge.status.SensorTable;
import io.gympulse.edge.status.StatusClient;
import io.gympulse.process.ParentWatch;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Shows what a gateway reads of its sensors.
@Command(
    name = "sensors",
    mixinStandardHelpOptions = true,
    description = "Shows what a gateway reads of its sensors.")
public final class Sensors {
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_INVALID = 2;
  private static final Duration REFRESH = Duration.ofSeconds(1);
  private static final Pattern DURATION = Pattern.compile("[1-9][0-9]{0,5}[smh]");
  private static final String CLEAR = "\u001b[H\u001b[2J";

  @Spec private CommandSpec spec = CommandSpec.create();

  /// @return 0, or 1 with `--once` if no gateway runs
  /// @throws IOException if the configuration is invalid; the message says what to do
  @Command(
      name = "watch",
      mixinStandardHelpOptions = true,
      description = {
        "Shows each sensor of the running gateway each second: verdict and reason, messages, last"
            + " value, and what may be wrong.",
        "If the output is no terminal, a sensor is printed when something of it has changed."
      })
  int watch(
      @Option(
              names = "--config",
              required = true,
              description = "The gateway's configuration file.")
          Path config,
      @Option(names = "--once", description = "Print once and end.") boolean once,
      @Option(names = "--json", description = "Print the gateway's status as JSON, a line each.")
          boolean json)
      throws IOException, InterruptedException {
    StatusClient client = new StatusClient(configuration(config).dataDir());
    if (once) {
      return once(client, json);
    }
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    Set<String> shown = new HashSet<>();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        byte[] status = client.json();
        if (json) {
          print(List.of(text(status)));
        } else if (terminal) {
          print(onTerminal(SensorTable.lines(GatewayStatusJson.read(status))));
        } else {
          shown = printChanges(GatewayStatusJson.read(status), shown);
        }
      } catch (IOException e) {
        String failure = e.getMessage() + "; waiting for it";
        print(terminal && !json ? onTerminal(List.of(failure)) : newOf(failure, shown));
        shown = Set.of(failure);
      }
      Thread.sleep(REFRESH);
    }
    return EXIT_FAILED;
  }

  /// @return 0
  /// @throws IOException if the configuration is invalid; the message says what to do
  @Command(
      name = "learn",
      mixinStandardHelpOptions = true,
      description = {
        "Listens to the sensors' broker, also while the gateway runs, and proposes thresholds for"
            + " sensors that send numbers, such as watts.",
        "Use and leave the machines meanwhile."
      })
  int learn(
      @Option(
              names = "--config",
              required = true,
              description = "The gateway's configuration file.")
          Path config,
      @Option(
              names = "--for",
              defaultValue = "1h",
              paramLabel = "TIME",
              description = "How long, such as 90s, 30m or 2h; default: 1h.")
          String time,
      @Option(names = "--sensor", paramLabel = "ID", description = "Only this sensor.")
          @Nullable String only)
      throws IOException, InterruptedException {
    Duration listening = duration(time);
    GatewayConfiguration configuration = configuration(config);
    List<Sensor> sensors =
        configuration.machines().stream()
            .flatMap(it -> it.sensors().stream())
            .filter(it -> only == null || it.id().value().equals(only))
            .toList();
    ValueCollector collector = new ValueCollector(sensors);
    LanBrokerConfig broker = configuration.lan().orElse(null);
    if (broker == null || collector.filters().isEmpty()) {
      throw new IOException(
          only == null
              ? "this gateway has no MQTT sensor"
              : "the floor plan has no MQTT sensor '%s'".formatted(only));
    }
    PrintWriter err = spec.commandLine().getErr();
    try (TopicListener listener =
        new TopicListener(
            broker,
            configuration.address().gateway() + "-learn",
            collector.filters(),
            collector::received,
            it -> err.println("broker %s: %s".formatted(broker, words(it))))) {
      listener.start();
      err.println("listening for %s; use and leave the machines meanwhile".formatted(time));
      Thread.sleep(listening);
    }
    print(collector.report());
    return 0;
  }

  private static String words(SourceStatus status) {
    return switch (status) {
      case SourceStatus.Starting _ -> "connecting";
      case SourceStatus.Running _ -> "connected";
      case SourceStatus.Failing(String reason) -> reason;
    };
  }

  private static Duration duration(String text) {
    Matcher form = DURATION.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "--for: '%s' is no time; give one such as 90s, 30m or 2h".formatted(text));
    }
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }

  private int once(StatusClient client, boolean json) {
    try {
      byte[] status = client.json();
      print(json ? List.of(text(status)) : SensorTable.lines(GatewayStatusJson.read(status)));
      return 0;
    } catch (IOException e) {
      return fail(spec.commandLine(), e, EXIT_FAILED);
    }
  }

  private static GatewayConfiguration configuration(Path config) throws IOException {
    try {
      return GatewayConfigurationFile.read(config);
    } catch (ConfigurationException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static List<String> onTerminal(List<String> lines) {
    return List.of(CLEAR + String.join("\n", lines));
  }

  private static List<String> newOf(String line, Set<String> shown) {
    return shown.contains(line) ? List.of() : List.of(line);
  }

  /// @return what is shown now
  private Set<String> printChanges(GatewayStatus status, Set<String> shown) {
    Set<String> lines = new LinkedHashSet<>();
    status.sources().forEach(it -> lines.add(SensorTable.line(it)));
    for (SensorStatus it : status.sensors()) {
      lines.add(SensorTable.line(it));
    }
    print(lines.stream().filter(it -> !shown.contains(it)).toList());
    return lines;
  }

  private void print(List<String> lines) {
    PrintWriter out = spec.commandLine().getOut();
    lines.forEach(out::println);
    out.flush();
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8).strip();
  }

  private static int fail(CommandLine line, Exception failure, int code) {
    line.getErr().println("error: " + failure.getMessage());
    line.getErr().flush();
    return code;
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Sensors());
    line.setParameterExceptionHandler((e, _) -> fail(line, e, EXIT_INVALID));
    line.setExecutionExceptionHandler(
        (failure, _, _) -> {
          if (failure instanceof IOException || failure instanceof IllegalArgumentException) {
            return fail(line, failure, EXIT_INVALID);
          }
          throw failure;
        });
    return line;
  }

  /// Exit code 0; 1 if no gateway runs; 2 if options or configuration are invalid.
  public static void main(String[] arguments) {
    ParentWatch.start();
    System.exit(commandLine().execute(arguments));
  }
}
