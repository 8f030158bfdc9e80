package io.gympulse.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Runs the component's steps with a shell script in place of Java, which records its arguments.
@EnabledOnOs(OS.LINUX)
class ComponentScriptTest {
  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init") // by the test's preparation
  private Path work;

  /// @param output both streams
  private record Ended(int exitCode, String output) {}

  @BeforeEach
  void prepare() throws IOException {
    work = Files.createDirectory(folder.resolve("work"));
    Path artifacts = Files.createDirectory(folder.resolve("artifacts"));
    Files.copy(
        Path.of("src/greengrass/gympulse-component.sh"),
        artifacts.resolve("gympulse-component.sh"));
    Files.createFile(artifacts.resolve("gympulse-gateway-amd64.jar"));
    Files.writeString(folder.resolve("gateway.json"), "{}");
    java("25.0.1", 0);
  }

  @Test
  void a_sound_installation_makes_the_cache_with_the_options_of_the_run() throws Exception {
    Ended ended = step("install", "200.0");
    assertThat(ended).isEqualTo(new Ended(0, ""));
    assertThat(work.resolve("gateway.aot")).hasContent("cache");
    assertThat(arguments())
        .contains(
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-Djava.io.tmpdir=" + work.resolve("tmp"),
            "-Dorg.sqlite.tmpdir=" + work.resolve("tmp"),
            "--check");
  }

  @Test
  void an_old_java_is_refused_with_a_remedy() throws Exception {
    java("17.0.9", 0);
    assertThat(step("install", "200"))
        .isEqualTo(
            new Ended(
                1,
                "install: '%s' is Java 17; give a JDK 25 or later as 'java'%n"
                    .formatted(folder.resolve("java"))));
  }

  @Test
  void a_missing_java_is_refused() throws Exception {
    Files.delete(folder.resolve("java"));
    assertThat(step("install", "200").output()).contains("install a JDK 25");
  }

  @Test
  void a_full_disk_and_a_missing_configuration_are_refused() throws Exception {
    assertThat(step("install", "99999999").output()).contains("free 99999999 MB or lower");
    Files.delete(folder.resolve("gateway.json"));
    Ended ended = step("install", "200");
    assertThat(ended.exitCode()).isOne();
    assertThat(ended.output()).contains("cannot read " + folder.resolve("gateway.json"));
  }

  @Test
  void a_check_that_fails_leaves_the_cache_of_the_version_that_runs() throws Exception {
    Files.writeString(work.resolve("gateway.aot"), "of the version that runs");
    java("25", 2);
    Ended ended = step("install", "200");
    assertThat(ended.exitCode()).isOne();
    assertThat(ended.output()).contains("the gateway cannot run with");
    assertThat(work.resolve("gateway.aot")).hasContent("of the version that runs");
    assertThat(work.resolve("gateway.aot.new")).doesNotExist();
  }

  @Test
  void the_run_uses_the_cache_and_clears_the_folder_of_native_libraries() throws Exception {
    Files.writeString(work.resolve("gateway.aot"), "cache");
    Files.createDirectory(work.resolve("tmp"));
    Path left = Files.createFile(work.resolve("tmp/sqlite-left-by-a-killed-process.so"));
    assertThat(step("run", "200").exitCode()).isZero();
    assertThat(left).doesNotExist();
    assertThat(arguments())
        .startsWith("-XX:AOTCache=" + work.resolve("gateway.aot"), "-Xmx64m")
        .endsWith(
            "-jar",
            folder.resolve("artifacts/gympulse-gateway-amd64.jar").toString(),
            "--config",
            folder.resolve("gateway.json").toString());
  }

  @Test
  void the_run_starts_without_a_cache() throws Exception {
    assertThat(step("run", "200").exitCode()).isZero();
    assertThat(arguments()).startsWith("-Xmx64m");
  }

  @Test
  void the_shutdown_ends_the_run_and_waits_for_its_end() throws Exception {
    executable("java", "while :; do sleep 1; done # gympulse-gateway");
    Process run = start("run", "200");
    try {
      awaitPid(run);
      assertThat(step("shutdown", "200").exitCode()).isZero();
      assertThat(run.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(run.exitValue()).isEqualTo(143);
    } finally {
      run.destroyForcibly();
    }
  }

  @Test
  void the_shutdown_spares_another_process_with_the_id_of_the_last_run() throws Exception {
    Files.writeString(work.resolve("gateway.pid"), Long.toString(ProcessHandle.current().pid()));
    assertThat(step("shutdown", "200").exitCode()).isZero();
    Files.delete(work.resolve("gateway.pid"));
    assertThat(step("shutdown", "200").exitCode()).isZero();
  }

  @Test
  void an_unknown_step_is_refused() throws Exception {
    assertThat(step("start", "200").exitCode()).isOne();
  }

  private void awaitPid(Process run) {
    await()
        .until(
            () ->
                Files.exists(work.resolve("gateway.pid"))
                    && Files.readString(work.resolve("gateway.pid"))
                        .strip()
                        .equals(Long.toString(run.pid()))
                    && commandLine(run).orElse("").contains("gympulse-gateway"));
  }

  private static Optional<String> commandLine(Process run) throws IOException {
    Path file = Path.of("/proc", Long.toString(run.pid()), "cmdline");
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  /// A Java of that version: it writes the cache that it is asked for, and ends as given.
  private void java(String version, int exitCode) throws IOException {
    executable(
        "java",
        """
        if [ "$1" = -version ]; then echo 'openjdk version "%s" 2025-10-21' >&2; exit; fi
        printf '%%s\\n' "$@" > %s
        for option; do
          case $option in -XX:AOTCacheOutput=*) echo cache > "${option#*=}" ;; esac
        done
        exit %d
        """
            .formatted(version, folder.resolve("arguments"), exitCode));
  }

  private void executable(String name, String script) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private List<String> arguments() throws IOException {
    return Files.readAllLines(folder.resolve("arguments"));
  }

  private Ended step(String name, String megabytes) throws IOException, InterruptedException {
    Process process = start(name, megabytes);
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private Process start(String name, String megabytes) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh"));
    command.add(folder.resolve("artifacts/gympulse-component.sh").toString());
    command.addAll(List.of(name, folder.resolve("java").toString()));
    command.addAll(List.of(folder.resolve("gateway.json").toString(), work.toString(), megabytes));
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC"));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
