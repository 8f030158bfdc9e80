package io.gympulse.local.broker;

import io.gympulse.contract.topic.IotPolicies;
import io.gympulse.local.pki.Fingerprint;
import io.gympulse.local.policy.Permissions;
import io.gympulse.local.policy.Permissions.Action;
import io.gympulse.local.policy.PolicyDocument;
import io.gympulse.local.things.Thing;
import io.gympulse.local.things.ThingName;
import io.gympulse.local.things.ThingRegistry;
import io.gympulse.local.things.ThingRegistry.Registration;
import io.gympulse.process.RateLimitedLog;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.config.WildcardConfiguration;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.utils.CertificateUtil;
import org.apache.activemq.artemis.utils.CompositeAddress;
import org.jspecify.annotations.Nullable;

/// Authenticates connections by their certificate, which names the thing, and authorizes them by
/// the policy of the thing's kind. The MQTT user name and password are ignored, as by AWS IoT.
///
/// A connection keeps its identity and permissions; [ConnectedClients] closes it when its
/// certificate is revoked or replaced. Topics below `$aws/rules/` can be published to but not
/// subscribed to.
final class PolicyAuthorizer implements ActiveMQSecurityManager5 {

  private static final String REGION = "local";
  private static final String ACCOUNT = "000000000000";

  private final ThingRegistry things;
  private final PolicyDocument gatewayPolicy =
      PolicyDocument.parse(IotPolicies.gateway(REGION, ACCOUNT), REGION, ACCOUNT);
  private final PolicyDocument machinePolicy =
      PolicyDocument.parse(IotPolicies.machine(REGION, ACCOUNT), REGION, ACCOUNT);
  private final PolicyDocument observerPolicy =
      PolicyDocument.parse(IotPolicies.observer(REGION, ACCOUNT), REGION, ACCOUNT);
  private final PolicyDocument apiPolicy =
      PolicyDocument.parse(IotPolicies.api(REGION, ACCOUNT), REGION, ACCOUNT);
  private final WildcardConfiguration wildcards;
  private final RateLimitedLog log;

  PolicyAuthorizer(ThingRegistry things, WildcardConfiguration wildcards, RateLimitedLog log) {
    this.things = things;
    this.wildcards = wildcards;
    this.log = log;
  }

  @Override
  public @Nullable Subject authenticate(
      @Nullable String user,
      @Nullable String password,
      @Nullable RemotingConnection connection,
      @Nullable String securityDomain) {
    if (connection == null || connection.getClientID() == null) {
      return null;
    }
    Subject known = connection.getSubject();
    if (device(known).filter(d -> d.clientId().equals(connection.getClientID())).isPresent()) {
      return known;
    }
    Optional<DevicePrincipal> device = identify(connection);
    return device.map(it -> new Subject(true, Set.of(it), Set.of(), Set.of())).orElse(null);
  }

  @Override
  public boolean authorize(
      @Nullable Subject subject, Set<Role> roles, CheckType check, String address) {
    Optional<DevicePrincipal> device = device(subject);
    if (device.isEmpty()) {
      return false;
    }
    // A queue is named address::queue; the topic filter is the address.
    String topic =
        MQTTUtil.getMqttTopicFromCoreAddress(
            CompositeAddress.extractAddressName(address), wildcards);
    boolean allowed =
        switch (check) {
          case SEND -> may(device.get(), Action.PUBLISH, topic);
          case CREATE_ADDRESS, DELETE_ADDRESS ->
              may(device.get(), Action.PUBLISH, topic)
                  || may(device.get(), Action.SUBSCRIBE, topic);
          case CONSUME,
              CREATE_DURABLE_QUEUE,
              CREATE_NON_DURABLE_QUEUE,
              DELETE_DURABLE_QUEUE,
              DELETE_NON_DURABLE_QUEUE ->
              may(device.get(), Action.SUBSCRIBE, topic);
          case MANAGE, BROWSE, VIEW, EDIT -> false;
        };
    if (!allowed) {
      log.info(
          device.get().getName(),
          "refused: thing={} check={} topic={}",
          device.get().getName(),
          check,
          topic);
    }
    return allowed;
  }

  /// Whether the device may publish to the topic.
  boolean mayPublish(DevicePrincipal device, String topic) {
    return may(device, Action.PUBLISH, topic);
  }

  /// Whether the connection's device may receive a message of that address.
  boolean mayReceive(@Nullable Subject subject, String address) {
    String topic = MQTTUtil.getMqttTopicFromCoreAddress(address, wildcards);
    return device(subject).map(it -> may(it, Action.RECEIVE, topic)).orElse(false);
  }

  @Override
  public boolean validateUser(@Nullable String user, @Nullable String password) {
    return false;
  }

  @Override
  public boolean validateUserAndRole(
      @Nullable String user, @Nullable String password, Set<Role> roles, CheckType check) {
    return false;
  }

  private static boolean may(DevicePrincipal device, Action action, String topic) {
    return !(action == Action.SUBSCRIBE && topic.startsWith("$aws/rules/"))
        && device.permissions().decide(action, topic).allowed();
  }

  /// The device of an authenticated connection.
  static Optional<DevicePrincipal> device(@Nullable Subject subject) {
    return subject == null
        ? Optional.empty()
        : subject.getPrincipals(DevicePrincipal.class).stream().findFirst();
  }

  private Optional<DevicePrincipal> identify(RemotingConnection connection) {
    String clientId = connection.getClientID();
    X509Certificate[] chain = CertificateUtil.getCertsFromConnection(connection);
    if (chain == null || chain.length == 0) {
      return refused(connection, "", "it has no certificate");
    }
    String subject = chain[0].getSubjectX500Principal().getName();
    try {
      Optional<Registration> registration =
          things.registration(new ThingName(commonName(chain[0])));
      Optional<String> refusal = Registration.refusal(registration, Fingerprint.of(chain[0]));
      if (refusal.isPresent()) {
        return refused(connection, subject, refusal.get());
      }
      Thing thing = registration.orElseThrow().thing();
      Permissions permissions = permissionsOf(thing, clientId);
      return permissions.decide(Action.CONNECT, clientId).allowed()
          ? Optional.of(new DevicePrincipal(thing, clientId, permissions))
          : refused(
              connection, subject, "thing " + thing.name() + " connects under its own name only");
    } catch (IOException | InvalidNameException | IllegalArgumentException e) {
      return refused(connection, subject, String.valueOf(e.getMessage()));
    }
  }

  private Optional<DevicePrincipal> refused(
      RemotingConnection connection, String certificate, String reason) {
    log.info(
        certificate,
        "refused: client={} certificate={} peer={}: {}",
        connection.getClientID(),
        certificate,
        connection.getRemoteAddress(),
        reason);
    return Optional.empty();
  }

  private Permissions permissionsOf(Thing thing, String clientId) {
    PolicyDocument policy =
        switch (thing) {
          case Thing.Gateway _ -> gatewayPolicy;
          case Thing.Machine _ -> machinePolicy;
          case Thing.Observer _ -> observerPolicy;
          case Thing.Api _ -> apiPolicy;
        };
    return policy.permissionsOf(
        new PolicyDocument.Variables(clientId, thing.name().value(), thing.attributes()));
  }

  private static String commonName(X509Certificate certificate) throws InvalidNameException {
    return new LdapName(certificate.getSubjectX500Principal().getName())
        .getRdns().stream()
            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
            .map(rdn -> rdn.getValue().toString())
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("the certificate has no common name"));
  }
}
