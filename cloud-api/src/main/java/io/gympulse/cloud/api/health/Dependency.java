package io.gympulse.cloud.api.health;

/// Something this process cannot serve without.
public interface Dependency {
  /// As it appears in the answer.
  String name();

  /// Asks now. May block for a short while; never throws.
  Standing check();

  /// @param status `up` or `down`
  /// @param detail what was seen, and where it is down what to mend
  record Standing(String status, String detail) {
    public static Standing up(String detail) {
      return new Standing("up", detail);
    }

    public static Standing down(String detail) {
      return new Standing("down", detail);
    }
  }
}
