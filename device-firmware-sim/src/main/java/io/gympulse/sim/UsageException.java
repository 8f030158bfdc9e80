package io.gympulse.sim;

import java.io.PrintStream;
import picocli.CommandLine;

/// The options ask for something that cannot be done; the message names the option and the remedy.
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  /// A command that reports invalid options, and exceptions of this type, as one line and exit
  /// status 2. For any other exception it prints a stack trace and exits with status 1.
  static CommandLine commandLine(Object command, PrintStream err) {
    CommandLine line = new CommandLine(command);
    line.setParameterExceptionHandler((e, _) -> report(err, e));
    line.setExecutionExceptionHandler(
        (e, _, _) -> {
          if (e instanceof UsageException) {
            return report(err, e);
          }
          e.printStackTrace(err);
          return 1;
        });
    return line;
  }

  private static int report(PrintStream err, Exception reason) {
    err.println("error: " + reason.getMessage());
    return 2;
  }
}
