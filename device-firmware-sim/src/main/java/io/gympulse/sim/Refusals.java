package io.gympulse.sim;

import java.io.PrintStream;
import picocli.CommandLine;

/// A command whose refusals, of its options or by itself, are one line and exit status 2. Anything
/// else that it throws is a fault: a stack trace and exit status 1.
final class Refusals {
  private Refusals() {}

  static CommandLine commandLine(Object command, PrintStream err) {
    CommandLine line = new CommandLine(command);
    line.setParameterExceptionHandler((e, _) -> refuse(err, e));
    line.setExecutionExceptionHandler(
        (e, _, _) -> {
          if (e instanceof Refusal) {
            return refuse(err, e);
          }
          e.printStackTrace(err);
          return 1;
        });
    return line;
  }

  private static int refuse(PrintStream err, Exception reason) {
    err.println("error: " + reason.getMessage());
    return 2;
  }
}
