package io.gympulse.local.things;

import io.gympulse.contract.id.GatewayId;
import java.util.Comparator;
import java.util.regex.Pattern;

/// The name of a thing, which is the common name of its certificate and its client id: 1 to 64
/// characters of `a-z`, `0-9` and `-`, not beginning with `-`. Any other value is rejected with an
/// [IllegalArgumentException].
public record ThingName(String value) {

  /// Lexicographic order.
  public static final Comparator<ThingName> BY_VALUE = Comparator.comparing(ThingName::value);

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  public ThingName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "thing name '" + value + "' is not of the form " + FORM.pattern());
    }
  }

  /// The name of a gateway's thing is the gateway's id.
  public static ThingName of(GatewayId gateway) {
    return new ThingName(gateway.value());
  }

  @Override
  public String toString() {
    return value;
  }
}
