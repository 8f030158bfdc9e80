package io.gympulse.edge.configuration;

/// The configuration cannot be used. The message names the key, what was found and the remedy.
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1;

  public ConfigurationException(String message) {
    super(message);
  }
}
