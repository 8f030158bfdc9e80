package io.gympulse.local.broker;

import io.gympulse.contract.text.UnicodeText;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/// A log with rate limits per subject and in total: a burst of three lines per subject and then one
/// every 3.3 seconds, in total a burst of 50 and then five a second. The next line of a subject
/// states how many were left out. Control characters in arguments are replaced, so that text of a
/// client cannot forge a line. Thread-safe.
public final class RateLimitedLog {

  private static final long PERIOD_NANOS = 10_000_000_000L;
  private static final int LINES_PER_SUBJECT = 3;
  private static final int LINES_IN_ALL = 50;
  private static final int MAX_SUBJECTS = 1_000;
  private static final int MAX_ARGUMENT_CHARS = 200;

  private static final class Subject {
    final TokenBucket lines;
    long leftOut;

    Subject(long now) {
      lines = new TokenBucket(LINES_PER_SUBJECT * 1e9 / PERIOD_NANOS, LINES_PER_SUBJECT, now);
    }
  }

  private final Logger log;
  private final LongSupplier nanos;
  private final TokenBucket all;
  private final Map<String, Subject> subjects =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Subject> eldest) {
          return size() > MAX_SUBJECTS;
        }
      };

  /// @param nanos monotonic time
  public RateLimitedLog(Logger log, LongSupplier nanos) {
    this.log = log;
    this.nanos = nanos;
    this.all = new TokenBucket(LINES_IN_ALL * 1e9 / PERIOD_NANOS, LINES_IN_ALL, nanos.getAsLong());
  }

  /// Logs at INFO, or counts the line as left out.
  ///
  /// @param about the subject whose lines share a limit, such as a thing's name or a source address
  /// @param format with a `{}` per argument
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
    return UnicodeText.abridged(text, MAX_ARGUMENT_CHARS)
        .replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", "?");
  }
}
