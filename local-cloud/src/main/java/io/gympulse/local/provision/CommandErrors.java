package io.gympulse.local.provision;

import io.gympulse.contract.floorplan.FloorPlanException;
import java.io.IOException;
import picocli.CommandLine;

/// Error handling of commands: one line `error: ...` on stderr and exit code 2 for errors that the
/// user can correct. The mistakes of a floor plan have a line each.
public final class CommandErrors {

  private static final int USER_ERROR = 2;

  private CommandErrors() {}

  /// The command line of a command, with this error handling.
  public static CommandLine commandLine(Object command) {
    CommandLine line = new CommandLine(command);
    line.setParameterExceptionHandler(
        (error, arguments) -> fail(line, error.getMessage() + " (--help lists the options)"));
    line.setExecutionExceptionHandler(
        (failure, commandLine, result) -> {
          if (failure.getCause() instanceof FloorPlanException plan) {
            return print(line, plan.report());
          }
          if (failure instanceof IllegalArgumentException || failure instanceof IOException) {
            return fail(line, message(failure));
          }
          throw failure;
        });
    return line;
  }

  private static int fail(CommandLine line, String message) {
    return print(line, message.replaceAll("\\s*\\R\\s*", " "));
  }

  private static int print(CommandLine line, String message) {
    line.getErr().println("error: " + message);
    line.getErr().flush();
    return USER_ERROR;
  }

  private static String message(Exception failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return failure instanceof java.nio.file.FileSystemException ? failure.toString() : message;
  }
}
