package io.gympulse.cloud.api.setting;

/// How many alerts may be made. Anybody can invent members, so what one member may have is not
/// enough: an address from which requests come has a rate, and a machine a number of alerts that
/// wait for it.
///
/// @param perUser active alerts of one member
/// @param perMachine active alerts on one machine
/// @param burst alerts that one address may make at once
/// @param perMinute alerts that one address may make each minute after that
/// @param burstPerMachine of the burst, those on one machine; they come back at a tenth of the
///     rate, so that one address does not fill up a machine
/// @param forwarded whether the last entry of the header `X-Forwarded-For` is the address, as
///     behind a proxy that sets it; else it is the connection's
public record AlertLimits(
    int perUser, int perMachine, int burst, int perMinute, int burstPerMachine, boolean forwarded) {
  public static final AlertLimits STANDARD = new AlertLimits(50, 500, 1_000, 60, 100, false);

  public AlertLimits {
    requirePositive("alerts per user", perUser);
    requirePositive("alerts per machine", perMachine);
    requirePositive("alerts of a burst", burst);
    requirePositive("alerts per minute", perMinute);
    requirePositive("alerts of a burst on one machine", burstPerMachine);
  }

  private static void requirePositive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s are to be at least 1, not %d".formatted(what, value));
    }
  }
}
