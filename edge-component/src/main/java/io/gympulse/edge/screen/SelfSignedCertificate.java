package io.gympulse.edge.screen;

import static io.gympulse.edge.screen.DerWriter.bits;
import static io.gympulse.edge.screen.DerWriter.generalizedTime;
import static io.gympulse.edge.screen.DerWriter.integer;
import static io.gympulse.edge.screen.DerWriter.objectId;
import static io.gympulse.edge.screen.DerWriter.octets;
import static io.gympulse.edge.screen.DerWriter.sequence;
import static io.gympulse.edge.screen.DerWriter.set;
import static io.gympulse.edge.screen.DerWriter.text;
import static io.gympulse.edge.screen.DerWriter.trueValue;
import static io.gympulse.edge.screen.DerWriter.utcTime;
import static io.gympulse.edge.screen.DerWriter.value;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes the certificate of a server that has no authority to ask: signed by its own key, for any
/// time, since a gateway may not know the time when it makes it. Clients trust it by its
/// fingerprint.
final class SelfSignedCertificate {
  private static final byte[] ECDSA_WITH_SHA256 = sequence(objectId("1.2.840.10045.4.3.2"));
  private static final int SERIAL_BITS = 127;
  private static final int VERSION_3 = 2;
  private static final int DNS_NAME = 0x82;

  private SelfSignedCertificate() {}

  /// @param keys of an elliptic curve
  /// @param name the common name
  /// @param hosts DNS names, in ASCII
  static X509Certificate make(KeyPair keys, String name, List<String> hosts, RandomGenerator random)
      throws GeneralSecurityException {
    byte[] content = content(keys, name, hosts, random);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(content);
    byte[] whole = sequence(content, ECDSA_WITH_SHA256, bits(0, signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole));
  }

  /// RFC 5280, 4.1: the part that is signed. The last date means that there is none.
  private static byte[] content(
      KeyPair keys, String name, List<String> hosts, RandomGenerator random) {
    byte[] distinguishedName = sequence(set(sequence(objectId("2.5.4.3"), text(name))));
    byte[] serial = new byte[SERIAL_BITS / 8 + 1];
    random.nextBytes(serial);
    return sequence(
        value(0xa0, integer(BigInteger.valueOf(VERSION_3))),
        integer(new BigInteger(1, serial).clearBit(SERIAL_BITS).setBit(0)),
        ECDSA_WITH_SHA256,
        distinguishedName,
        sequence(utcTime("250101000000Z"), generalizedTime("99991231235959Z")),
        distinguishedName,
        keys.getPublic().getEncoded(),
        value(0xa3, extensions(hosts)));
  }

  private static byte[] extensions(List<String> hosts) {
    byte[][] names =
        hosts.stream()
            .map(it -> value(DNS_NAME, it.getBytes(StandardCharsets.US_ASCII)))
            .toArray(byte[][]::new);
    byte[] digitalSignature = bits(7, new byte[] {(byte) 0x80});
    byte[] serverAuthentication = sequence(objectId("1.3.6.1.5.5.7.3.1"));
    return sequence(
        sequence(objectId("2.5.29.19"), trueValue(), octets(sequence())),
        sequence(objectId("2.5.29.15"), trueValue(), octets(digitalSignature)),
        sequence(objectId("2.5.29.37"), octets(serverAuthentication)),
        sequence(objectId("2.5.29.17"), octets(sequence(names))));
  }
}
