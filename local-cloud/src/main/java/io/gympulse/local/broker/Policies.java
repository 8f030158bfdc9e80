package io.gympulse.local.broker;

import io.gympulse.contract.topic.GatewayPolicy;
import io.gympulse.contract.topic.MachinePolicy;
import io.gympulse.contract.topic.ObserverPolicy;
import io.gympulse.local.policy.Device;
import io.gympulse.local.policy.Permissions;
import io.gympulse.local.policy.PolicyDocument;
import io.gympulse.local.things.Thing;

/// The policy of each kind of thing. Immutable.
public final class Policies {

  private final PolicyDocument gateway;
  private final PolicyDocument machine;
  private final PolicyDocument observer;

  /// The product's policies, with resources named in a region and an account.
  public Policies(String region, String account) {
    this.gateway = PolicyDocument.parse(GatewayPolicy.document(region, account), region, account);
    this.machine = PolicyDocument.parse(MachinePolicy.document(region, account), region, account);
    this.observer = PolicyDocument.parse(ObserverPolicy.document(region, account), region, account);
  }

  /// What the thing may do on a connection with that client id.
  Permissions permissionsOf(Thing thing, String clientId) {
    PolicyDocument policy =
        switch (thing) {
          case Thing.Gateway _ -> gateway;
          case Thing.Machine _ -> machine;
          case Thing.Observer _ -> observer;
        };
    return policy.permissionsOf(new Device(clientId, thing.name().value(), thing.attributes()));
  }
}
