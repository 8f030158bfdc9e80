package io.gympulse.local.broker;

import io.gympulse.contract.text.UnicodeText;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/// Log lines about clients, few of each client and in all, whatever clients do. About one subject
/// three lines may come at once and then one every 3.3 seconds, in all 50 at once and then five a
/// second; the next line about a subject says how many were left out before. Control characters in
/// what clients chose are replaced, so that a name cannot begin a line. Safe for many threads.
public final class RateLimitedLog {

  private static final long QUIET_NANOS = 10_000_000_000L;
  private static final int LINES_PER_SUBJECT = 3;
  private static final int LINES_IN_ALL = 50;
  private static final int SUBJECTS = 1_000;
  private static final int LONGEST = 200;

  private static final class Subject {
    final Allowance lines;
    long leftOut;

    Subject(long now) {
      lines = new Allowance(LINES_PER_SUBJECT * 1e9 / QUIET_NANOS, LINES_PER_SUBJECT, now);
    }
  }

  private final Logger log;
  private final LongSupplier nanos;
  private final Allowance all;
  private final Map<String, Subject> subjects =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Subject> eldest) {
          return size() > SUBJECTS;
        }
      };

  /// @param nanos monotonic time
  public RateLimitedLog(Logger log, LongSupplier nanos) {
    this.log = log;
    this.nanos = nanos;
    this.all = new Allowance(LINES_IN_ALL * 1e9 / QUIET_NANOS, LINES_IN_ALL, nanos.getAsLong());
  }

  /// Logs at INFO, or counts.
  ///
  /// @param about whose lines are limited together, such as a thing's name or a source address
  /// @param format with `{}` for each argument
  public synchronized void info(String about, String format, Object... arguments) {
    long now = nanos.getAsLong();
    Subject subject = subjects.computeIfAbsent(printable(about), _ -> new Subject(now));
    if (!subject.lines.take(1, now) || !all.take(1, now)) {
      subject.leftOut++;
      return;
    }
    String leftOut = subject.leftOut == 0 ? "" : " (" + subject.leftOut + " lines left out before)";
    subject.leftOut = 0;
    Object[] shown =
        Arrays.stream(arguments).map(it -> printable(String.valueOf(it))).toArray(Object[]::new);
    log.info(format + leftOut, shown);
  }

  static String printable(String text) {
    return UnicodeText.abridged(text, LONGEST).replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", "?");
  }
}
