package io.gympulse.process;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/// A log with rate limits, for what can happen thousands of times a second or for hours on end.
/// Each subject has a burst of lines and then one per interval; all subjects together have a burst
/// of 50 lines and then five a second. The next line of a subject states how many of its lines were
/// left out. The 1,000 subjects used last are known; one that returns later starts anew.
///
/// Arguments are turned into text only if the line is logged. They are cut to 200 characters, and
/// their control characters are replaced, so that text from outside can neither forge a line nor
/// flood the log. Thread-safe.
public final class RateLimitedLog {
  private static final int USUAL_BURST = 3;
  private static final Duration USUAL_INTERVAL = Duration.ofSeconds(10).dividedBy(USUAL_BURST);
  private static final int BURST_IN_ALL = 50;
  private static final double PER_SECOND_IN_ALL = 5;
  private static final int MAX_SUBJECTS = 1_000;
  private static final int MAX_CHARS = 200;
  private static final double NANOS = 1e9;

  /// Control characters, lone surrogates, separators of lines and of paragraphs.
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private static final class Subject {
    final TokenBucket lines;
    long leftOut;

    Subject(TokenBucket lines) {
      this.lines = lines;
    }
  }

  private final Logger log;
  private final LongSupplier nanos;
  private final int burst;
  private final double perSecond;
  private final TokenBucket inAll;
  private final Map<String, Subject> subjects =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Subject> eldest) {
          return size() > MAX_SUBJECTS;
        }
      };

  /// With a burst of three lines per subject and then one every 3.3 seconds.
  ///
  /// @param nanos monotonic time
  public RateLimitedLog(Logger log, LongSupplier nanos) {
    this(log, nanos, USUAL_BURST, USUAL_INTERVAL);
  }

  /// With one line per subject and interval.
  ///
  /// @param nanos monotonic time
  /// @param interval more than 0
  public static RateLimitedLog onePer(Duration interval, Logger log, LongSupplier nanos) {
    return new RateLimitedLog(log, nanos, 1, interval);
  }

  private RateLimitedLog(Logger log, LongSupplier nanos, int burst, Duration interval) {
    this.log = log;
    this.nanos = nanos;
    this.burst = burst;
    this.perSecond = NANOS / interval.toNanos();
    this.inAll = new TokenBucket(PER_SECOND_IN_ALL, BURST_IN_ALL, nanos.getAsLong());
  }

  /// Logs at INFO, or counts the line as left out.
  ///
  /// @param subject whose lines share a limit, such as a thing's name or a source address
  /// @param format with a `{}` per argument
  public void info(String subject, String format, Object... arguments) {
    write(Level.INFO, subject, null, format, arguments);
  }

  /// Logs at WARN, or counts the line as left out: see [#info].
  public void warn(String subject, String format, Object... arguments) {
    write(Level.WARN, subject, null, format, arguments);
  }

  /// Logs at ERROR, or counts the line as left out: see [#info].
  public void error(String subject, String format, Object... arguments) {
    write(Level.ERROR, subject, null, format, arguments);
  }

  /// Logs at ERROR with the stack trace of a cause, or counts the line as left out: see [#info].
  ///
  /// @param cause its own message is logged as it is
  public void error(String subject, Throwable cause, String format, Object... arguments) {
    write(Level.ERROR, subject, cause, format, arguments);
  }

  private void write(
      Level level, String subject, @Nullable Throwable cause, String format, Object... arguments) {
    OptionalLong leftOut = leftOutBefore(printable(subject));
    if (leftOut.isPresent()) {
      String text =
          leftOut.getAsLong() == 0
              ? format
              : format + " (" + leftOut.getAsLong() + " lines left out before)";
      Object[] shown = Arrays.stream(arguments).map(RateLimitedLog::printable).toArray();
      log.atLevel(level).setCause(cause).log(text, shown);
    }
  }

  /// How many lines of the subject were left out since its last one; empty if this one is, too.
  private synchronized OptionalLong leftOutBefore(String subject) {
    long now = nanos.getAsLong();
    Subject known =
        subjects.computeIfAbsent(subject, _ -> new Subject(new TokenBucket(perSecond, burst, now)));
    if (!known.lines.take(1, now) || !inAll.take(1, now)) {
      known.leftOut++;
      return OptionalLong.empty();
    }
    OptionalLong leftOut = OptionalLong.of(known.leftOut);
    known.leftOut = 0;
    return leftOut;
  }

  private static String printable(Object argument) {
    String text = String.valueOf(argument);
    String cut = text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS - 3) + "...";
    return UNPRINTABLE.matcher(cut).replaceAll("?");
  }
}
