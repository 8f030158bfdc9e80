package io.gympulse.edge.uplink;

/// Certificate, key or root cannot be used. The message names the file and the remedy, and nothing
/// of the key.
public final class CredentialsException extends Exception {
  private static final long serialVersionUID = 1;

  CredentialsException(String message) {
    super(message);
  }
}
