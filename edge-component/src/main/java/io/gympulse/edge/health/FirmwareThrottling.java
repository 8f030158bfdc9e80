package io.gympulse.edge.health;

import io.gympulse.contract.message.GatewayHealth.Throttling;
import io.gympulse.contract.message.ThrottlingCause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a Raspberry Pi's firmware says of throttling, by `vcgencmd get_throttled`. The command is
/// run at most once a minute, and not again if it is not installed. Empty where it does not exist,
/// fails, or takes more than two seconds. Not thread-safe.
///
/// Bits 0 to 3 are the present causes and bits 16 to 19 those since boot, as in the documentation
/// of Raspberry Pi OS.
final class FirmwareThrottling {
  private static final List<String> COMMAND = List.of("vcgencmd", "get_throttled");
  private static final Pattern OUTPUT = Pattern.compile("throttled=0x([0-9a-fA-F]{1,8})\\s*");
  private static final int SINCE_BOOT_BIT = 16;
  private static final int MAX_OUTPUT_BYTES = 200;
  private static final long LONGEST_SECONDS = 2;
  private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final List<String> command;
  private final LongSupplier nanos;
  private Optional<Throttling> last = Optional.empty();
  private long readAt;
  private boolean read;
  private boolean installed = true;

  /// @param nanos monotonic real time
  FirmwareThrottling(LongSupplier nanos) {
    this(COMMAND, nanos);
  }

  FirmwareThrottling(List<String> command, LongSupplier nanos) {
    this.command = List.copyOf(command);
    this.nanos = nanos;
  }

  Optional<Throttling> read() {
    long now = nanos.getAsLong();
    if (installed && (!read || now - readAt >= INTERVAL_NANOS)) {
      read = true;
      readAt = now;
      last = run().flatMap(FirmwareThrottling::parse);
    }
    return last;
  }

  private Optional<String> run() {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      installed = false;
      return Optional.empty();
    }
    try {
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        return Optional.empty();
      }
      byte[] output = process.getInputStream().readNBytes(MAX_OUTPUT_BYTES);
      return Optional.of(new String(output, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      process.destroyForcibly();
    }
  }

  /// Empty if it is not the command's output.
  static Optional<Throttling> parse(String output) {
    Matcher matcher = OUTPUT.matcher(output);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int bits = HexFormat.fromHexDigits(matcher.group(1));
    return Optional.of(new Throttling(causes(bits), causes(bits >>> SINCE_BOOT_BIT)));
  }

  private static Set<ThrottlingCause> causes(int bits) {
    Set<ThrottlingCause> causes = EnumSet.noneOf(ThrottlingCause.class);
    for (ThrottlingCause it : ThrottlingCause.values()) {
      if ((bits & (1 << bit(it))) != 0) {
        causes.add(it);
      }
    }
    return causes;
  }

  private static int bit(ThrottlingCause cause) {
    return switch (cause) {
      case UNDER_VOLTAGE -> 0;
      case FREQUENCY_CAPPED -> 1;
      case THROTTLED -> 2;
      case SOFT_TEMPERATURE_LIMIT -> 3;
    };
  }
}
