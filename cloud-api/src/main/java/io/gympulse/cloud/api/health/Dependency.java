package io.gympulse.cloud.api.health;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// Something this process needs to do its work.
public interface Dependency {
  /// As it appears in the answer.
  String name();

  /// Whether requests cannot be answered without it.
  boolean needed();

  /// Asks now. May block for a short while; never throws.
  Standing check();

  /// @param status `up` or `down`
  /// @param detail what was seen, and where it is down what to mend
  record Standing(String status, String detail) {
    @JsonIgnore
    public boolean isUp() {
      return status.equals("up");
    }

    public static Standing up(String detail) {
      return new Standing("up", detail);
    }

    public static Standing down(String detail) {
      return new Standing("down", detail);
    }
  }
}
