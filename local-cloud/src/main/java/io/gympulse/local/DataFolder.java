package io.gympulse.local;

import java.nio.file.Path;

/// The files of a data directory. The layout is stable across releases: the directory of an earlier
/// release can be used.
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

  /// The last contact of each thing.
  public Path contacts() {
    return root.resolve("contacts.json");
  }

  /// Floor plans, registered at start and when a file is added.
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

  /// The key that signs tokens for development.
  public Path developmentKey() {
    return root.resolve("development-key.json");
  }

  /// The bearer token of operators' requests to the running cloud.
  public Path operatorToken() {
    return root.resolve("operator.token");
  }
}
