package io.gympulse.system.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A planted fault: a passage of one source file and its replacement.
///
/// Its file has the lines `what: ...`, `file: ...`, `caught-by: ...` (one or more), then `old:`
/// and `new:`, each followed by the passage on lines of its own.
///
/// @param name of the fault's file, without the extension
/// @param what the faulty behaviour, in one sentence
/// @param file of the source, relative to the project's folder
/// @param checks in the order in which they are run
record Mutant(
    String name, String what, Path file, List<Check> checks, String old, String replacement) {
  private static final String CAUGHT_BY = "caught-by: ";

  /// A check that is expected to catch a fault: tests, or `prove`.
  ///
  /// @param module of the tests; empty for `prove`
  /// @param tests pattern of test classes; empty for `prove`
  record Check(String module, String tests) {
    static final Check PROVE = new Check("", "");

    static Check of(String text) {
      String[] words = text.strip().split(" ", -1);
      if (words.length == 1 && words[0].equals("prove")) {
        return PROVE;
      }
      if (words.length == 3 && words[0].equals("test")) {
        return new Check(words[1], words[2]);
      }
      throw new IllegalArgumentException(
          "caught-by '%s': give `prove` or `test MODULE CLASSES`".formatted(text));
    }

    boolean isProve() {
      return equals(PROVE);
    }

    @Override
    public String toString() {
      return isProve() ? "prove" : "%s %s".formatted(module, tests);
    }
  }

  /// @throws IllegalArgumentException naming what is missing
  static Mutant read(Path path) throws IOException {
    String text = Files.readString(path);
    String name = path.getFileName().toString().replaceFirst("\\.txt$", "");
    int old = text.indexOf("\nold:\n");
    int replacement = text.indexOf("\nnew:\n", old + 1);
    if (old < 0 || replacement < 0) {
      throw new IllegalArgumentException("%s: give `old:` and `new:`".formatted(path));
    }
    List<String> head = text.substring(0, old).lines().toList();
    List<Check> checks = new ArrayList<>();
    head.stream()
        .filter(it -> it.startsWith(CAUGHT_BY))
        .forEach(it -> checks.add(Check.of(it.substring(CAUGHT_BY.length()))));
    if (checks.isEmpty()) {
      throw new IllegalArgumentException("%s: give `caught-by: `".formatted(path));
    }
    return new Mutant(
        name,
        value(path, head, "what: "),
        Path.of(value(path, head, "file: ")),
        List.copyOf(checks),
        text.substring(old + "\nold:\n".length(), replacement),
        text.substring(replacement + "\nnew:\n".length()).stripTrailing());
  }

  private static String value(Path path, List<String> head, String key) {
    return head.stream()
        .filter(it -> it.startsWith(key))
        .map(it -> it.substring(key.length()).strip())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("%s: give `%s`".formatted(path, key)));
  }

  /// Replaces the passage in a source.
  ///
  /// @throws IllegalArgumentException if the source does not contain the passage exactly once
  String applyTo(String source) {
    int at = source.indexOf(old);
    if (at < 0 || source.indexOf(old, at + 1) >= 0) {
      throw new IllegalArgumentException(
          "%s: %s does not contain the passage exactly once; adapt it".formatted(name, file));
    }
    return source.substring(0, at) + replacement + source.substring(at + old.length());
  }
}
