package io.gympulse.local;

import java.nio.file.Path;

/// Where everything lies in a data directory. The layout is kept from release to release: a
/// directory of an earlier run is continued.
public record DataFolder(Path root) {

  /// The certificate authority.
  public Path authority() {
    return root.resolve("ca");
  }

  /// The broker's private key and certificate.
  public Path serverPem() {
    return authority().resolve("server.pem");
  }

  /// The registered things.
  public Path things() {
    return root.resolve("things");
  }

  /// When each thing was last heard of.
  public Path contacts() {
    return root.resolve("contacts.json");
  }

  /// Floor plans that are registered at start and when they appear.
  public Path floorPlans() {
    return root.resolve("floor-plans");
  }

  Path broker() {
    return root.resolve("broker");
  }

  Path shadows() {
    return root.resolve("shadows");
  }

  Path deadLetters() {
    return root.resolve("dead-letters.jsonl");
  }

  Path deviceQueue() {
    return root.resolve("device-queue.db");
  }

  Path database() {
    return root.resolve("cloud.db");
  }

  Path lock() {
    return root.resolve("cloud.lock");
  }

  Path operatorsSecret() {
    return root.resolve("operators.secret");
  }

  /// What operators show to the running cloud.
  public Path operatorToken() {
    return root.resolve("operator.token");
  }

  /// The API finds it beside the database.
  Path connectionsToken() {
    return root.resolve("connections.token");
  }
}
