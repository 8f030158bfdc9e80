package io.gympulse.system.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Starts a function as a process, as Lambda does: by AWS's runtime client, configured by
/// environment variables only. Immutable.
///
/// @param folder the task root
/// @param command of the process
/// @param handler the function's class
public record LambdaProcess(Path folder, List<String> command, String handler) {
  private static final String RUNTIME_CLIENT =
      "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  public LambdaProcess {
    command = List.copyOf(command);
  }

  /// A function on a class path.
  public static LambdaProcess ofClassPath(Path folder, String classPath, String handler) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", classPath, RUNTIME_CLIENT, handler));
    return new LambdaProcess(folder, command, handler);
  }

  /// A function in a deployment package, started by the script in it. The package is unpacked
  /// into the folder.
  public static LambdaProcess ofPackage(Path folder, Path zip, String handler) throws IOException {
    unpack(zip, folder);
    return new LambdaProcess(
        folder, List.of(folder.resolve("start-with-cache").toString()), handler);
  }

  /// @param variables the function's environment variables
  public ProcessBuilder process(RuntimeApi api, Map<String, String> variables) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(variables);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
    environment.put("LAMBDA_TASK_ROOT", folder.toString());
    environment.put("_HANDLER", handler);
    return builder;
  }

  /// Keeps the entries' times, which the JVM checks an AOT cache against.
  private static void unpack(Path zip, Path folder) throws IOException {
    try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
          throw new IOException("%s is outside of the package".formatted(entry.getName()));
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(entries, file);
          Files.setLastModifiedTime(file, entry.getLastModifiedTime());
        }
      }
    }
    Files.setPosixFilePermissions(
        folder.resolve("start-with-cache"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
