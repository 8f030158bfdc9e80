package io.gympulse.system.process;

import io.gympulse.process.ParentWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Starts GymPulse's processes through the launcher script, as users do.
///
/// @param home the folder of the script
public record Launcher(Path home) {
  private static final String HOME = "gympulse.home";

  public Launcher {
    if (!Files.isExecutable(home.resolve("gympulse"))) {
      throw new IllegalArgumentException("%s holds no gympulse launcher".formatted(home));
    }
  }

  /// The launcher that started this process.
  public static Launcher current() {
    String home = System.getProperty(HOME);
    if (home == null) {
      throw new IllegalStateException("start this through the gympulse launcher");
    }
    return new Launcher(Path.of(home).toAbsolutePath().normalize());
  }

  /// A process of the component, not yet started; it runs on this process's JDK, builds nothing
  /// and ends with this process, see [ParentWatch].
  public ProcessBuilder process(String component, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("gympulse").toString());
    command.add(component);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("GYMPULSE_BUILT", "1");
    builder.environment().putAll(ParentWatch.variables());
    return builder;
  }
}
