package io.gympulse.system.mutants;

import io.gympulse.contract.process.ParentWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A copy of the checkout, in which a fault is planted and the checks are run.
final class Workshop {
  private static final Set<String> LEFT_OUT = Set.of(".git", ".gympulse", ".cifuzz-corpus");

  private final Path folder;
  private final List<String> prove;

  private Workshop(Path folder, List<String> prove) {
    this.folder = folder;
    this.prove = List.copyOf(prove);
  }

  /// @param prove options of the proof
  static Workshop copyOf(Path home, Path folder, List<String> prove) throws IOException {
    Files.walkFileTree(home, new Copy(home, folder));
    return new Workshop(folder, prove);
  }

  /// The result of a check.
  sealed interface Result {
    /// It failed, as it should.
    record Caught(Mutant.Check by) implements Result {}

    /// All checks passed.
    record Missed() implements Result {}

    /// The fault does not compile, or its passage is gone.
    record Unusable(String why) implements Result {}
  }

  /// Plants a fault and runs its checks until one catches it. The copy cannot be used again.
  Result run(Mutant mutant) throws IOException, InterruptedException {
    Path source = folder.resolve(mutant.file());
    try {
      Files.writeString(source, mutant.planted(Files.readString(source)));
    } catch (IllegalArgumentException e) {
      return new Result.Unusable(String.valueOf(e.getMessage()));
    }
    if (call("build", List.of("./gympulse", "build")) != 0) {
      return new Result.Unusable("it does not compile; see build.log in " + folder);
    }
    for (Mutant.Check check : mutant.checks()) {
      int exit = check.isProve() ? call("prove", proving()) : call("tests", testing(check));
      if (exit != 0) {
        return new Result.Caught(check);
      }
    }
    return new Result.Missed();
  }

  private List<String> proving() {
    List<String> command = new ArrayList<>(List.of("./gympulse", "prove"));
    command.addAll(prove);
    return command;
  }

  private static List<String> testing(Mutant.Check check) {
    return List.of(
        "mvn",
        "-o",
        "-q",
        "-B",
        "-pl",
        check.module(),
        "-am",
        "-Dspotless.check.skip=true",
        "-Dtest=" + check.tests(),
        "-Dsurefire.failIfNoSpecifiedTests=false",
        "test");
  }

  private int call(String name, List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("GYMPULSE_BUILT");
    builder.environment().putAll(ParentWatch.variables());
    builder.redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile()));
    return builder.start().waitFor();
  }

  private static final class Copy extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    Copy(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (LEFT_OUT.contains(String.valueOf(folder.getFileName()))) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      try {
        Files.createDirectories(to.resolve(from.relativize(folder)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      return FileVisitResult.CONTINUE;
    }
  }
}
