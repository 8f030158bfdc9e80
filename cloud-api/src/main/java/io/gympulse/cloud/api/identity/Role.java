package io.gympulse.cloud.api.identity;

import io.gympulse.contract.id.GymId;
import java.util.Optional;

/// What a caller may do, by its name in a token: `member`, `operator:{gym}`, `integrator`, `admin`.
public sealed interface Role {
  String name();

  /// Sees the present, and has alerts.
  record Member() implements Role {
    @Override
    public String name() {
      return "member";
    }
  }

  /// Runs one gym.
  record Operator(GymId gym) implements Role {
    private static final String PREFIX = "operator:";

    @Override
    public String name() {
      return PREFIX + gym;
    }
  }

  /// A program of somebody else, which reads.
  record Integrator() implements Role {
    @Override
    public String name() {
      return "integrator";
    }
  }

  /// Runs the installation.
  record Admin() implements Role {
    @Override
    public String name() {
      return "admin";
    }
  }

  /// The role of a name; empty for one of another system, as tokens may have.
  static Optional<Role> named(String name) {
    return switch (name) {
      case "member" -> Optional.of(new Member());
      case "integrator" -> Optional.of(new Integrator());
      case "admin" -> Optional.of(new Admin());
      default -> operator(name);
    };
  }

  private static Optional<Role> operator(String name) {
    if (!name.startsWith(Operator.PREFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Operator(new GymId(name.substring(Operator.PREFIX.length()))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
