package io.gympulse.system.mutants;

import io.gympulse.process.ParentWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A copy of the checkout in which checks are run, with a planted fault or without.
final class MutantWorkspace {
  private static final Set<String> NOT_COPIED = Set.of(".git", ".gympulse", ".cifuzz-corpus");

  /// The line that `prove` prints for a figure that had to be zero and is not.
  private static final Pattern FAILED_FIGURE = Pattern.compile("failed: ([^=]+)=.*");

  private final Path folder;
  private final List<String> prove;
  private final Shell shell;

  /// @param prove options of `prove`
  MutantWorkspace(Path folder, List<String> prove, Shell shell) {
    this.folder = folder;
    this.prove = List.copyOf(prove);
    this.shell = shell;
  }

  /// @param prove options of `prove`
  static MutantWorkspace copyOf(Path home, Path folder, List<String> prove) throws IOException {
    Files.walkFileTree(home, new Copy(home, folder));
    return new MutantWorkspace(folder, prove, MutantWorkspace::call);
  }

  /// Runs a command in a folder.
  @FunctionalInterface
  interface Shell {
    /// @param log the output is appended to it
    /// @return the exit code
    int run(Path folder, List<String> command, Path log) throws IOException, InterruptedException;
  }

  /// The result of a check.
  sealed interface Result {
    /// The check failed, as expected.
    ///
    /// @param figures the failed figures of `prove`; empty for tests
    record Caught(Mutant.Check by, List<String> figures) implements Result {}

    /// All checks passed, except those that fail without a fault.
    record Missed() implements Result {}

    /// The fault does not compile, its passage is missing, or its checks fail without it.
    record Unusable(String why) implements Result {}
  }

  /// The checks that fail without a fault, and so cannot catch one.
  ///
  /// @throws IOException if the sources do not compile as they are
  Set<Mutant.Check> failingWithoutFault(Collection<Mutant.Check> checks)
      throws IOException, InterruptedException {
    if (!builds()) {
      throw new IOException(
          "the sources do not compile without a fault; see build.log in " + folder);
    }
    Set<Mutant.Check> failing = new LinkedHashSet<>();
    for (Mutant.Check check : Set.copyOf(checks)) {
      if (!passes(check)) {
        failing.add(check);
      }
    }
    return failing;
  }

  /// Plants a fault and runs its checks until one catches it. The copy cannot be used again.
  ///
  /// @param failing checks to skip, as they fail without a fault
  Result run(Mutant mutant, Set<Mutant.Check> failing) throws IOException, InterruptedException {
    if (failing.containsAll(mutant.checks())) {
      return new Result.Unusable("its checks fail without the fault");
    }
    Path source = folder.resolve(mutant.file());
    try {
      Files.writeString(source, mutant.applyTo(Files.readString(source)));
    } catch (IllegalArgumentException e) {
      return new Result.Unusable(String.valueOf(e.getMessage()));
    }
    if (!builds()) {
      return new Result.Unusable("it does not compile; see build.log in " + folder);
    }
    for (Mutant.Check check : mutant.checks()) {
      if (!failing.contains(check) && !passes(check)) {
        return new Result.Caught(check, check.isProve() ? failedFigures() : List.of());
      }
    }
    return new Result.Missed();
  }

  private boolean builds() throws IOException, InterruptedException {
    return shell.run(folder, List.of("./gympulse", "build"), log("build")) == 0;
  }

  private boolean passes(Mutant.Check check) throws IOException, InterruptedException {
    return (check.isProve()
            ? shell.run(folder, proveCommand(), log("prove"))
            : shell.run(folder, testCommand(check), log("tests")))
        == 0;
  }

  private List<String> failedFigures() throws IOException {
    return Files.readAllLines(log("prove")).stream()
        .map(FAILED_FIGURE::matcher)
        .filter(Matcher::matches)
        .map(it -> it.group(1))
        .distinct()
        .toList();
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private List<String> proveCommand() {
    List<String> command = new ArrayList<>(List.of("./gympulse", "prove"));
    command.addAll(prove);
    return command;
  }

  private static List<String> testCommand(Mutant.Check check) {
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

  private static int call(Path folder, List<String> command, Path log)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("GYMPULSE_BUILT");
    builder.environment().putAll(ParentWatch.variables());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
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
      if (NOT_COPIED.contains(String.valueOf(folder.getFileName()))) {
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
