package io.gympulse.local.broker;

import io.gympulse.local.policy.Permissions;
import io.gympulse.local.things.Thing;
import io.gympulse.local.things.ThingName;
import java.util.Objects;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;

/// The identity of a connection: the thing that its certificate belongs to, with its permissions.
final class DevicePrincipal extends UserPrincipal {

  private final transient Permissions permissions;
  private final transient ThingName thing;
  private final String clientId;
  private final String certificate;

  DevicePrincipal(Thing thing, String clientId, Permissions permissions) {
    super(thing.name().value());
    this.thing = thing.name();
    this.clientId = clientId;
    this.certificate = thing.certificate();
    this.permissions = permissions;
  }

  Permissions permissions() {
    return permissions;
  }

  ThingName thing() {
    return thing;
  }

  /// The fingerprint of the certificate that it connected with.
  String certificate() {
    return certificate;
  }

  String clientId() {
    return clientId;
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other)
        && other instanceof DevicePrincipal device
        && device.clientId.equals(clientId)
        && device.certificate.equals(certificate);
  }

  @Override
  public int hashCode() {
    return Objects.hash(getName(), clientId, certificate);
  }
}
