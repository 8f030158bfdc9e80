package io.gympulse.edge.doctor;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.edge.uplink.PolicyProbe;
import io.gympulse.edge.uplink.PolicyProbe.Result;
import io.gympulse.edge.uplink.UplinkSettings.Direct;
import java.io.IOException;
import java.time.Duration;

/// The cloud's policy of this gateway: it may connect, use its own topics and no other gateway's.
///
/// A client id has one connection, and a policy usually allows one client id: while a gateway runs,
/// another id is tried, and the check is skipped if the cloud refuses that.
///
/// @param lock shows whether the gateway runs
/// @param limit for each step
record PolicyCheck(Direct settings, GatewayAddress address, LockCheck lock, Duration limit)
    implements Check {

  @Override
  public String name() {
    return "policy";
  }

  @Override
  public Finding run() throws IOException {
    boolean runs = lock.isHeld();
    String gateway = address.gateway().value();
    PolicyProbe probe = new PolicyProbe(settings, address, limit);
    return switch (probe.run(runs ? gateway + "-doctor" : gateway)) {
      case Result.Sound _ ->
          Finding.ok("connects as %s, uses its own topics and no other's".formatted(gateway));
      case Result.NotConnected(boolean refused, String reason) when runs && refused ->
          Finding.skipped(
              "the gateway runs, and the policy allows no second connection (%s); stop the gateway to check it"
                  .formatted(reason));
      case Result.NotConnected(_, String reason) ->
          Finding.failed(
              "the cloud does not accept a connection as %s: %s".formatted(gateway, reason),
              "see the check 'endpoint'; else register the certificate and its policy, such as by provisioning again");
      case Result.TooNarrow(String topic, String reason) ->
          Finding.failed(
              "the policy refuses %s (%s)".formatted(topic, reason),
              "give the certificate the gateway's policy, see docs/aws.md");
      case Result.TooWide(String topic) ->
          Finding.failed(
              "the policy allows to publish to another gateway's topic %s".formatted(topic),
              "limit the certificate's policy to its own thing, see docs/aws.md");
    };
  }
}
