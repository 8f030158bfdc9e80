package io.gympulse.bench.footprint;

import io.gympulse.system.process.Launcher;
import io.gympulse.system.process.ManagedProcess;
import io.gympulse.system.process.ProcessFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The gateway as it is deployed: its jar for this platform, the recipe's options of the JVM, and
/// an AOT cache that is made as the component's installation makes it.
final class PackagedGateway {
  private static final Pattern OPTIONS = Pattern.compile("(?m)^ +javaOptions: (.*)$");
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Path folder;
  private final Path config;
  private final Path jar;
  private final List<String> options;

  /// @param folder for the cache and logs
  /// @param config the gateway's configuration, which no other gateway uses
  /// @param more options of the JVM
  PackagedGateway(Path folder, Path config, List<String> more) throws IOException {
    this.folder = folder;
    this.config = config;
    Path home = Launcher.current().home();
    String platform = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "amd64";
    this.jar =
        home.resolve("edge-component/target").resolve("gympulse-gateway-" + platform + ".jar");
    this.options = new ArrayList<>(options(home.resolve("recipe.yaml")));
    options.addAll(more);
  }

  private static List<String> options(Path recipe) throws IOException {
    Matcher line = OPTIONS.matcher(Files.readString(recipe));
    if (!line.find()) {
      throw new IOException("%s has no javaOptions".formatted(recipe));
    }
    return List.of(line.group(1).strip().split(" +", -1));
  }

  List<String> options() {
    return List.copyOf(options);
  }

  double jarMegabytes() throws IOException {
    return Files.size(jar) / 1e6;
  }

  /// Makes the cache.
  void install() throws IOException, InterruptedException {
    try (ManagedProcess check =
        start("check", List.of("-XX:AOTCacheOutput=" + cache(), "-Xlog:aot=off"), "--check")) {
      if (check.awaitExit(LIMIT) != 0) {
        throw new ProcessFailedException("the gateway's check failed; see %s".formatted(folder));
      }
    }
  }

  /// @param record takes the events once they are durable
  ManagedProcess start(Path record) throws IOException {
    return start("gateway", List.of("-XX:AOTCache=" + cache()), "--record", record.toString());
  }

  /// A JVM with the same options that does nothing.
  ManagedProcess startIdleJvm() throws IOException {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path", ""), IdleJvm.class.getName()));
    return ManagedProcess.start(
        "jvm", new ProcessBuilder(command), folder.resolve("jvm.log"), _ -> {});
  }

  private ManagedProcess start(String name, List<String> cacheOptions, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(options);
    command.addAll(cacheOptions);
    command.addAll(List.of("-jar", jar.toString(), "--config", config.toString()));
    command.addAll(List.of(arguments));
    return ManagedProcess.start(
        name, new ProcessBuilder(command), folder.resolve(name + ".log"), _ -> {});
  }

  private Path cache() {
    return folder.resolve("gateway.aot");
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
