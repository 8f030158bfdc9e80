package io.gympulse.cloud.core.metric;

import java.util.regex.Pattern;

/// What is measured, for example `outbox_depth`: 1 to 64 letters, digits and `. _ : / -`, beginning
/// with a letter.
public record MetricName(String value) implements Comparable<MetricName> {
  private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9._:/-]{0,63}");

  public MetricName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "1 to 64 letters, digits and '. _ : / -' are needed, beginning with a letter");
    }
  }

  @Override
  public int compareTo(MetricName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
