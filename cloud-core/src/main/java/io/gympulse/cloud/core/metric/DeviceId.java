package io.gympulse.cloud.core.metric;

import java.util.regex.Pattern;

/// A device that reports metrics, gateways among them: 1 to 128 letters, digits and `. _ : -`,
/// beginning with a letter or digit.
public record DeviceId(String value) implements Comparable<DeviceId> {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

  public DeviceId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "1 to 128 letters, digits and '. _ : -' are needed, beginning with a letter or digit");
    }
  }

  @Override
  public int compareTo(DeviceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
