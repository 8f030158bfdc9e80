package io.gympulse.local.things;

import io.gympulse.contract.id.GatewayId;
import java.util.Comparator;
import java.util.regex.Pattern;

/// The name of a thing, which its certificate carries and its client connects under: 1 to 64
/// characters of `a-z`, `0-9` and `-`, not beginning with `-`. Any other value is refused with an
/// [IllegalArgumentException].
public record ThingName(String value) {

  /// In the order of their characters.
  public static final Comparator<ThingName> BY_VALUE = Comparator.comparing(ThingName::value);

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  public ThingName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "thing name '" + value + "' is not of the form " + FORM.pattern());
    }
  }

  /// A gateway's thing is named as the gateway.
  public static ThingName of(GatewayId gateway) {
    return new ThingName(gateway.value());
  }

  @Override
  public String toString() {
    return value;
  }
}
