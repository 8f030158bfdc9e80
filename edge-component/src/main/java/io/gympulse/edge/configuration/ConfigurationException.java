package io.gympulse.edge.configuration;

/// The configuration is invalid. The message names the key, the value found and the remedy.
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1;

  public ConfigurationException(String message) {
    super(message);
  }
}
