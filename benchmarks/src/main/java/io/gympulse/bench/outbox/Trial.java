package io.gympulse.bench.outbox;

import io.gympulse.edge.outbox.OutboxSettings.FileSettings;
import io.gympulse.process.ParentWatch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// One measurement, in a process of its own that writes nothing else.
///
/// @param folder for the files to write
/// @param events number of events
/// @param file settings of the outbox's file
record Trial(Kind kind, Path folder, int events, FileSettings file) {
  enum Kind {
    OUTBOX_BURST,
    OUTBOX_SPARSE,
    BARE_BURST,
    BATCHED_BURST,
    SPOOLER
  }

  List<String> arguments() {
    return List.of(
        kind.name(),
        folder.toString(),
        Integer.toString(events),
        Integer.toString(file.pageBytes()),
        Integer.toString(file.checkpointPages()),
        Integer.toString(file.deletionBatch()));
  }

  static Trial of(String[] arguments) {
    return new Trial(
        Kind.valueOf(arguments[0]),
        Path.of(arguments[1]),
        Integer.parseInt(arguments[2]),
        new FileSettings(
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]),
            Integer.parseInt(arguments[5])));
  }

  /// Runs this trial in a process of its own, with the JVM options of a gateway.
  TrialFigures run() throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Trial.class.getName()));
    command.addAll(arguments());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(ParentWatch.variables());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("%s failed".formatted(this));
    }
    return TrialFigures.parse(output.strip());
  }

  /// The main class of a trial's process.
  ///
  /// @param arguments as from [#arguments]
  public static void main(String[] arguments) throws IOException, SQLException {
    ParentWatch.start();
    Trial trial = of(arguments);
    TrialFigures figures =
        switch (trial.kind()) {
          case OUTBOX_BURST -> new OutboxTrial(trial).burst();
          case OUTBOX_SPARSE -> new OutboxTrial(trial).sparse();
          case BARE_BURST, BATCHED_BURST -> new JdbcTrial(trial).burst();
          case SPOOLER -> new SpoolerTrial(trial).lifecycle();
        };
    PrintStream out = System.out;
    out.println(figures);
  }
}
