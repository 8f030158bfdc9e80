package io.gympulse.edge.doctor;

import java.util.Locale;

/// One thing that a gateway needs. Independent of all others, and harmless for a gateway that runs.
public interface Check {

  /// Short and stable, for scripts; in lower case.
  String name();

  /// Blocks until the result is known. [CheckRun] limits the time and reports an exception as
  /// [Status#FAILED].
  Finding run() throws Exception;

  /// How bad it is.
  enum Status {
    OK,
    /// The gateway works, but needs attention.
    WARNING,
    /// The gateway does not work, or not in full.
    FAILED,
    /// Nothing to check, or not possible now.
    SKIPPED;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The result of a check. Neither text holds a secret or a line break.
  ///
  /// @param seen what was found
  /// @param remedy what to do; empty if there is nothing to do
  record Finding(Status status, String seen, String remedy) {
    private static final String CLAUSES = "; ";

    public Finding {
      seen = oneLine(seen);
      remedy = oneLine(remedy);
    }

    public static Finding ok(String seen) {
      return new Finding(Status.OK, seen, "");
    }

    public static Finding warning(String seen, String remedy) {
      return new Finding(Status.WARNING, seen, remedy);
    }

    public static Finding failed(String seen, String remedy) {
      return new Finding(Status.FAILED, seen, remedy);
    }

    public static Finding skipped(String seen) {
      return new Finding(Status.SKIPPED, seen, "");
    }

    /// From an error's message that ends with the remedy, as those of this gateway do.
    ///
    /// @param message `what was found; remedy`
    public static Finding failed(String message) {
      int end = message.lastIndexOf(CLAUSES);
      return end < 0
          ? failed(message, "see docs/operating.md")
          : failed(message.substring(0, end), message.substring(end + CLAUSES.length()));
    }

    /// As one sentence.
    public String message() {
      return remedy.isEmpty() ? seen : seen + CLAUSES + remedy;
    }

    private static String oneLine(String text) {
      return text.strip().replaceAll("\\s*\\R\\s*", " | ");
    }
  }
}
