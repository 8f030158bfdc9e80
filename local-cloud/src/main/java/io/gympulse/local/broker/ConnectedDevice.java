package io.gympulse.local.broker;

import io.gympulse.local.policy.Permissions;
import java.util.Objects;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;

/// The identity of a connection: the thing its certificate belongs to and what that thing may do.
final class ConnectedDevice extends UserPrincipal {

  private final transient Permissions permissions;
  private final String clientId;

  ConnectedDevice(String thing, String clientId, Permissions permissions) {
    super(thing);
    this.clientId = clientId;
    this.permissions = permissions;
  }

  Permissions permissions() {
    return permissions;
  }

  String clientId() {
    return clientId;
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other)
        && other instanceof ConnectedDevice device
        && device.clientId.equals(clientId);
  }

  @Override
  public int hashCode() {
    return Objects.hash(getName(), clientId);
  }
}
