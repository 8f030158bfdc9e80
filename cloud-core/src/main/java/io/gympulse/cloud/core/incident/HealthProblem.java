package io.gympulse.cloud.core.incident;

import io.gympulse.contract.message.GatewayHealth;
import io.gympulse.contract.message.GatewayHealth.Storage;
import io.gympulse.contract.message.GatewayHealth.Throttling;
import io.gympulse.contract.message.ThrottlingCause;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What in a gateway's reported health needs an operator. Pure.
public enum HealthProblem {
  /// Less than a tenth of the file system with the outbox is free.
  DISK_NEARLY_FULL {
    @Override
    public Finding in(GatewayHealth health) {
      Storage it = health.storage();
      if (it.diskFreeBytes().isEmpty() || it.diskTotalBytes().isEmpty()) {
        return new Finding.Unknown();
      }
      long free = it.diskFreeBytes().get();
      long total = it.diskTotalBytes().get();
      return free < total / MIN_FREE_PART
          ? new Finding.Present(
              "its disk is nearly full, %d of %d MB are free".formatted(free / MB, total / MB))
          : new Finding.Absent();
    }
  },
  /// The firmware limits the processor: under-voltage, heat.
  THROTTLED {
    @Override
    public Finding in(GatewayHealth health) {
      Optional<Throttling> throttling = health.device().throttling();
      if (throttling.isEmpty()) {
        return new Finding.Unknown();
      }
      return throttling.get().now().isEmpty()
          ? new Finding.Absent()
          : new Finding.Present(
              throttling.get().now().stream()
                  .sorted()
                  .map(ThrottlingCause::wireName)
                  .collect(Collectors.joining(", ", "it reports ", "")));
    }
  },
  /// At the present rate of writing, the card lasts less than two years from new.
  CARD_WEARS_OUT {
    @Override
    public Finding in(GatewayHealth health) {
      return health
          .storage()
          .cardLifeYears()
          .<Finding>map(
              it ->
                  it < MIN_CARD_YEARS
                      ? new Finding.Present(
                          "it writes so much that its card lasts %.1f years from new".formatted(it))
                      : new Finding.Absent())
          .orElseGet(Finding.Unknown::new);
    }
  };

  private static final long MIN_FREE_PART = 10;
  private static final long MB = 1_000_000;
  private static final double MIN_CARD_YEARS = 2;

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /// Whether the health has this problem.
  public abstract Finding in(GatewayHealth health);

  /// The name used in ids and stores.
  public String wireName() {
    return wireName;
  }

  public static Optional<HealthProblem> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }

  /// What a health says of a problem.
  public sealed interface Finding {
    /// @param detail for operators, a clause about the gateway
    record Present(String detail) implements Finding {}

    record Absent() implements Finding {}

    /// It reports no value to conclude from.
    record Unknown() implements Finding {}
  }
}
