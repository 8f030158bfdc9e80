package io.gympulse.local.provision;

import java.io.IOException;
import picocli.CommandLine;

/// How a command says no: one line `error: ...` on stderr and exit code 2 for what the user can
/// mend.
public final class Refusals {

  private static final int REFUSED = 2;

  private Refusals() {}

  /// The command line of a command that refuses in this way.
  public static CommandLine commandLine(Object command) {
    CommandLine line = new CommandLine(command);
    line.setParameterExceptionHandler(
        (refusal, arguments) -> refuse(line, refusal.getMessage() + " (--help lists the options)"));
    line.setExecutionExceptionHandler(
        (failure, commandLine, result) -> {
          if (failure instanceof IllegalArgumentException || failure instanceof IOException) {
            return refuse(line, message(failure));
          }
          throw failure;
        });
    return line;
  }

  private static int refuse(CommandLine line, String message) {
    line.getErr().println("error: " + message.replaceAll("\\s*\\R\\s*", " "));
    line.getErr().flush();
    return REFUSED;
  }

  private static String message(Exception failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return failure instanceof java.nio.file.FileSystemException ? failure.toString() : message;
  }
}
