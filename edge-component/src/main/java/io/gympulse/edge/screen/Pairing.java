package io.gympulse.edge.screen;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Lets browsers in: a code of eight digits, which is printed on the gateway's console, gives one
/// browser a session.
///
/// A code ends when it is used, after five wrong ones, or after half an hour; the next one is
/// printed at once when one was used, else when a browser asks for it, at most once a minute. So at
/// most five of 100,000,000 codes can be tried in a minute. Sessions end after twelve hours; of
/// more than eight, the oldest ends. Only digests of session tokens are kept. Thread-safe.
final class Pairing {
  static final Duration CODE_LIFE = Duration.ofMinutes(30);
  static final Duration BETWEEN_CODES = Duration.ofMinutes(1);
  static final Duration SESSION_LIFE = Duration.ofHours(12);
  static final int MAX_TRIES = 5;
  static final int MAX_SESSIONS = 8;

  private static final int CODES = 100_000_000;
  private static final int TOKEN_BYTES = 32;

  private final SecureRandom random;
  private final LongSupplier nanos;
  private final Consumer<String> printer;
  private final Map<String, Long> sessions = new HashMap<>();
  private Optional<Code> code = Optional.empty();
  private long printedAt;

  private record Code(String digits, int triesLeft, long printedAt) {}

  /// The outcome of a try.
  sealed interface Result {

    /// @param token the session's, to be shown with each request
    record Paired(String token) implements Result {}

    /// @param triesLeft of this code
    record Wrong(int triesLeft) implements Result {}

    /// There is no code that could be right: the next one has to be asked for.
    record NoCode() implements Result {}
  }

  /// @param nanos monotonic time
  /// @param printer prints each new code where only people at the gateway see it
  Pairing(SecureRandom random, LongSupplier nanos, Consumer<String> printer) {
    this.random = random;
    this.nanos = nanos;
    this.printer = printer;
  }

  /// Prints a new code.
  synchronized void printCode() {
    String digits = "%08d".formatted(random.nextInt(CODES));
    printedAt = nanos.getAsLong();
    code = Optional.of(new Code(digits, MAX_TRIES, printedAt));
    printer.accept(digits.substring(0, 4) + " " + digits.substring(4));
  }

  /// Prints a new code if the last one cannot be used any more.
  ///
  /// @return whether a code can be used now
  synchronized boolean requestCode() {
    if (usableCode().isPresent()) {
      return true;
    }
    if (isOlder(printedAt, BETWEEN_CODES)) {
      printCode();
      return true;
    }
    return false;
  }

  private Optional<Code> usableCode() {
    return code.filter(it -> it.triesLeft() > 0 && !isOlder(it.printedAt(), CODE_LIFE));
  }

  private boolean isOlder(long at, Duration age) {
    return nanos.getAsLong() - at >= age.toNanos();
  }

  /// Tries a code. Everything but its digits is ignored.
  synchronized Result pair(String typed) {
    Optional<Code> usable = usableCode();
    if (usable.isEmpty()) {
      return new Result.NoCode();
    }
    Code now = usable.get();
    byte[] digits = typed.replaceAll("[^0-9]", "").getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(digits, now.digits().getBytes(StandardCharsets.UTF_8))) {
      int left = now.triesLeft() - 1;
      code = Optional.of(new Code(now.digits(), left, now.printedAt()));
      return new Result.Wrong(left);
    }
    String token = newToken();
    printCode();
    return new Result.Paired(token);
  }

  private String newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    removeOldSessions();
    while (sessions.size() >= MAX_SESSIONS) {
      var _ =
          sessions.entrySet().stream()
              .min((one, other) -> Long.signum(one.getValue() - other.getValue()))
              .map(it -> sessions.remove(it.getKey()));
    }
    sessions.put(digest(token), nanos.getAsLong());
    return token;
  }

  private void removeOldSessions() {
    sessions.values().removeIf(it -> isOlder(it, SESSION_LIFE));
  }

  /// Whether a token is that of a session. A digest is looked up, so that the time it takes says
  /// nothing about the tokens.
  synchronized boolean isPaired(String token) {
    removeOldSessions();
    return sessions.containsKey(digest(token));
  }

  /// Ends a session.
  synchronized void end(String token) {
    sessions.remove(digest(token));
  }

  private static String digest(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("each Java has SHA-256", e);
    }
  }
}
