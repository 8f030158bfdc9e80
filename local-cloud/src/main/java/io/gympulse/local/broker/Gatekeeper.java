package io.gympulse.local.broker;

import io.gympulse.local.pki.Fingerprint;
import io.gympulse.local.policy.Permissions;
import io.gympulse.local.policy.PolicyAction;
import io.gympulse.local.things.Registration;
import io.gympulse.local.things.Thing;
import io.gympulse.local.things.ThingName;
import io.gympulse.local.things.ThingRegistry;
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

/// Says who a connection is and what it may do: the certificate names the thing, the thing's
/// policy says the rest. The MQTT user name and password mean nothing, as on AWS IoT.
///
/// A connection keeps the identity it began with; [Clients] ends it when its certificate is revoked
/// or replaced. Topics below `$aws/rules/` can be published to and never subscribed to.
final class Gatekeeper implements ActiveMQSecurityManager5 {

  private final ThingRegistry things;
  private final Policies policies;
  private final WildcardConfiguration wildcards;
  private final RateLimitedLog log;

  Gatekeeper(
      ThingRegistry things,
      Policies policies,
      WildcardConfiguration wildcards,
      RateLimitedLog log) {
    this.things = things;
    this.policies = policies;
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
    Optional<ConnectedDevice> device = identify(connection);
    return device.map(it -> new Subject(true, Set.of(it), Set.of(), Set.of())).orElse(null);
  }

  @Override
  public boolean authorize(
      @Nullable Subject subject, Set<Role> roles, CheckType check, String address) {
    Optional<ConnectedDevice> device = device(subject);
    if (device.isEmpty()) {
      return false;
    }
    // A queue is asked for as address::queue; the topic filter is the address.
    String topic =
        MQTTUtil.getMqttTopicFromCoreAddress(
            CompositeAddress.extractAddressName(address), wildcards);
    boolean allowed =
        switch (check) {
          case SEND -> may(device.get(), PolicyAction.PUBLISH, topic);
          case CREATE_ADDRESS, DELETE_ADDRESS ->
              may(device.get(), PolicyAction.PUBLISH, topic)
                  || may(device.get(), PolicyAction.SUBSCRIBE, topic);
          case CONSUME,
              CREATE_DURABLE_QUEUE,
              CREATE_NON_DURABLE_QUEUE,
              DELETE_DURABLE_QUEUE,
              DELETE_NON_DURABLE_QUEUE ->
              may(device.get(), PolicyAction.SUBSCRIBE, topic);
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
  boolean mayPublish(ConnectedDevice device, String topic) {
    return may(device, PolicyAction.PUBLISH, topic);
  }

  /// Whether the connection's device may be handed a message of that address.
  boolean mayReceive(@Nullable Subject subject, String address) {
    String topic = MQTTUtil.getMqttTopicFromCoreAddress(address, wildcards);
    return device(subject).map(it -> may(it, PolicyAction.RECEIVE, topic)).orElse(false);
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

  private static boolean may(ConnectedDevice device, PolicyAction action, String topic) {
    return !(action == PolicyAction.SUBSCRIBE && topic.startsWith("$aws/rules/"))
        && device.permissions().decide(action, topic).allowed();
  }

  /// Who an authenticated connection is.
  static Optional<ConnectedDevice> device(@Nullable Subject subject) {
    return subject == null
        ? Optional.empty()
        : subject.getPrincipals(ConnectedDevice.class).stream().findFirst();
  }

  private Optional<ConnectedDevice> identify(RemotingConnection connection) {
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
      Permissions permissions = policies.permissionsOf(thing, clientId);
      return permissions.decide(PolicyAction.CONNECT, clientId).allowed()
          ? Optional.of(new ConnectedDevice(thing, clientId, permissions))
          : refused(
              connection, subject, "thing " + thing.name() + " connects under its own name only");
    } catch (IOException | InvalidNameException | IllegalArgumentException e) {
      return refused(connection, subject, String.valueOf(e.getMessage()));
    }
  }

  private Optional<ConnectedDevice> refused(
      RemotingConnection connection, String certificate, String why) {
    log.info(
        certificate,
        "refused: client={} certificate={} peer={}: {}",
        connection.getClientID(),
        certificate,
        connection.getRemoteAddress(),
        why);
    return Optional.empty();
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
